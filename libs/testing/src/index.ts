export { openBrowser, openBrowserWithCamera } from './browser';
export { appLanguages, type AppLanguage, forgottenWords, labelFaults } from './labels';
export { LiabilityWalk, type LiabilityStep } from './liability-walk';
export { default as startTestServer } from './server.setup';
export { default as stopTestServer } from './server.teardown';
export { createTestDatabase, type TestDatabase } from './test-database';
export { drawn } from './drawn';
export { countHands, type Handwork } from './hands';
export { forumNewsletter } from './forum-newsletter';
export { asImporter } from './test-documents';
export { OfflinePhone, seenVisit } from './offline-phone';
export { postPlainCalls } from './plain-calls';
export { settleLedger, TestLedger } from './test-ledger';
export { openRooms, testStart, type TestRooms } from './test-rooms';
export { backUpLedger } from './backup';
export { cityAdmin, openApp, type TestApp, TestCaller, type TestMember } from './test-app';
export { mainLine, openCity, refusal, testOrigin, TestCity, type TestDay, type TestPerson, type TestRole } from './test-city';
export {
  goTo,
  openDesk,
  openPageCity,
  openPhone,
  openWatchedPage,
  settled,
  signIn,
  wordsOf,
  type PageCity,
  type WatchedPage,
} from './test-pages';
export { openTwoBanks, type TestBank, type TwoBanks } from './two-banks';
export { ClosingCity, type WholeBank } from './closing-city';
export { liveImport, sendFile } from './live-import';
export { liveActivity } from './live-activity';
export { liveJoining } from './live-joining';
export { liveCourse } from './live-course';
export { coursesOf, type TestCourses } from './test-courses';
export { Standing } from './walk/standing';
export { Walk } from './walk/walk';
export type { Chance } from './walk/walk-bank';
export { linesOf, listsInHistory } from './lists-in-history';
export { schemaText } from './schema-text';
export { stored } from './stored';
export { routesWithoutTrail, writtenByRoutes } from './written-by-routes';
export { TestPhone } from './test-phone';
export { fraudKinds, type FraudKind, type PlantedFraud } from './made-city/frauds';
export { makeBank, type MadeBank, type MadeVisit } from './made-city/made-bank';
