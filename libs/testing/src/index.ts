export { openBrowser, openBrowserWithCamera } from './browser';
export { createTestDatabase, type TestDatabase } from './test-database';
export { TestLedger } from './test-ledger';
export { openRooms, testStart, type TestRooms } from './test-rooms';
export { cityAdmin, openApp, type TestApp, type TestCaller, type TestMember } from './test-app';
export { openCity, refusal, testOrigin, type TestCity, type TestDay, type TestPerson, type TestRole } from './test-city';
export { openPageCity, openWatchedPage, signIn, wordsOf, type PageCity, type Watched } from './test-pages';
export { openTwoBanks, type TestBank, type TwoBanks } from './two-banks';
