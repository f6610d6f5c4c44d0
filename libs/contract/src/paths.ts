/**
 * Every route of the API: method, path and permission, without schemas, so that the front ends
 * can import it without a validator. `routes.ts` adds the messages.
 */
const bank = '/api/banks/:bankId';

export const paths = {
  live: ['GET', '/api/health/live', 'anyone'],
  ready: ['GET', '/api/health/ready', 'anyone'],
  metrics: ['GET', '/api/health/metrics', 'anyone'],

  signIn: ['POST', '/api/sessions', 'anyone'],
  requestCode: ['POST', '/api/sessions/codes', 'anyone'],
  signInByCode: ['POST', '/api/sessions/by-code', 'anyone'],
  signOut: ['DELETE', '/api/sessions/current', 'signed in'],
  signOutEverywhere: ['DELETE', '/api/sessions', 'signed in'],
  me: ['GET', '/api/me', 'signed in'],
  listNotices: ['GET', '/api/me/notices', 'signed in'],
  readNotices: ['POST', '/api/me/notices/read', 'signed in'],

  putCoordinator: ['PUT', `${bank}/coordinators/:memberId`, 'roles.grant'],
  putRole: ['PUT', `${bank}/roles/:memberId/:role`, 'roles.grant'],
  deleteRole: ['DELETE', `${bank}/roles/:memberId/:role`, 'roles.grant'],
  putCityRole: ['PUT', '/api/roles/:memberId/:role', 'city.run'],
  deleteCityRole: ['DELETE', '/api/roles/:memberId/:role', 'city.run'],

  listBanks: ['GET', '/api/banks', 'signed in'],
  putBank: ['PUT', bank, 'city.run'],
  getBank: ['GET', bank, 'banks.read'],
  patchBank: ['PATCH', bank, 'banks.change'],
  getPolicies: ['GET', `${bank}/policies`, 'policy.read'],
  putPolicy: ['PUT', `${bank}/policies/:policyId`, 'policy.change'],
  putCityPolicy: ['PUT', '/api/policies/:policyId', 'city.run'],

  listMembers: ['GET', `${bank}/members`, 'members.read'],
  putMember: ['PUT', `${bank}/members/:memberId`, 'members.write'],
  getMember: ['GET', `${bank}/members/:memberId`, 'members.read_one'],
  patchMember: ['PATCH', `${bank}/members/:memberId`, 'members.write'],
  putRelation: ['PUT', `${bank}/members/:memberId/relations/:otherMemberId`, 'members.relate'],
  putQualification: ['PUT', `${bank}/members/:memberId/qualifications/:code`, 'members.relate'],

  listHosts: ['GET', `${bank}/hosts`, 'guests.ask'],
  listGuests: ['GET', `${bank}/guests`, 'guests.read'],
  putGuest: ['PUT', `${bank}/guests/:memberId`, 'signed in'],
  deleteGuest: ['DELETE', `${bank}/guests/:memberId`, 'signed in'],

  listCards: ['GET', `${bank}/members/:memberId/cards`, 'cards.read'],
  issueCard: ['POST', `${bank}/members/:memberId/cards`, 'cards.issue'],
  revokeCard: ['DELETE', `${bank}/members/:memberId/cards/:cardId`, 'cards.issue'],
  cardPlace: ['GET', '/api/cards/:token', 'anyone'],

  listDisplays: ['GET', `${bank}/displays`, 'cards.read'],
  putDisplay: ['PUT', `${bank}/displays/:displayId`, 'cards.issue'],
  closeDisplay: ['DELETE', `${bank}/displays/:displayId`, 'cards.issue'],
  screen: ['GET', '/api/screens/:screen', 'anyone'],

  listServiceKinds: ['GET', '/api/service-kinds', 'signed in'],
  listRequests: ['GET', `${bank}/requests`, 'requests.read'],
  putRequest: ['PUT', `${bank}/requests/:requestId`, 'requests.write'],
  getRequest: ['GET', `${bank}/requests/:requestId`, 'requests.read'],
  patchRequest: ['PATCH', `${bank}/requests/:requestId`, 'requests.write'],
  cancelRequest: ['POST', `${bank}/requests/:requestId/cancel`, 'requests.write'],

  queue: ['GET', `${bank}/queue`, 'queue.read'],
  listVisits: ['GET', `${bank}/visits`, 'visits.read'],
  putVisit: ['PUT', `${bank}/visits/:visitId`, 'visits.plan'],
  getVisit: ['GET', `${bank}/visits/:visitId`, 'visits.read'],
  putScan: ['PUT', `${bank}/visits/:visitId/scans/:eventId`, 'visits.scan'],
  dayBundle: ['GET', '/api/me/day-bundle', 'signed in'],
  putDevice: ['PUT', '/api/me/devices/:deviceId', 'signed in'],
  putClientPlace: ['PUT', `${bank}/members/:memberId/place`, 'members.write'],
  getClientPlace: ['GET', `${bank}/members/:memberId/place`, 'members.read'],
  putLocationConsent: ['PUT', '/api/me/location-consent', 'signed in'],
  getLocationConsent: ['GET', '/api/me/location-consent', 'signed in'],
  putManual: ['PUT', `${bank}/visits/:visitId/manual`, 'visits.enter'],
  putCallBack: ['PUT', `${bank}/visits/:visitId/call-backs/:callBackId`, 'visits.call_back'],
  cancelVisit: ['POST', `${bank}/visits/:visitId/cancel`, 'visits.cancel'],
  putApproval: ['PUT', `${bank}/approvals/:approvalId`, 'visits.approve'],
  putAppeal: ['PUT', `${bank}/visits/:visitId/appeals/:appealId`, 'appeals.write'],
  listAppeals: ['GET', `${bank}/appeals`, 'appeals.read'],
  putAppealAnswer: ['PUT', `${bank}/appeals/:appealId/answer/:answerId`, 'appeals.answer'],
  listLetters: ['GET', `${bank}/letters`, 'letters.read'],
  getLetter: ['GET', `${bank}/letters/:eventId`, 'letters.read'],
  putLetterAnswer: ['PUT', `${bank}/letters/:eventId/answer/:answerId`, 'letters.answer'],

  listAccounts: ['GET', `${bank}/accounts`, 'ledger.read'],
  getAccount: ['GET', `${bank}/accounts/:accountId`, 'accounts.read'],
  listEntries: ['GET', `${bank}/accounts/:accountId/entries`, 'accounts.read'],
  statementCsv: ['GET', `${bank}/accounts/:accountId/statement.csv`, 'accounts.read'],
  statementJson: ['GET', `${bank}/accounts/:accountId/statement.json`, 'accounts.read'],
  statementXlsx: ['GET', `${bank}/accounts/:accountId/statement.xlsx`, 'accounts.read'],
  statementPdf: ['GET', `${bank}/accounts/:accountId/statement.pdf`, 'accounts.read'],
  putTransfer: ['PUT', `${bank}/transfers/:transferId`, 'transfers.write'],
  transferProof: ['GET', `${bank}/transfers/:transferId/proof`, 'accounts.read'],
  listCheckpoints: ['GET', `${bank}/checkpoints`, 'anyone'],
  getCheckpoint: ['GET', `${bank}/checkpoints/:number`, 'anyone'],
  listCheckpointKeys: ['GET', '/api/checkpoint-keys', 'anyone'],
  trialBalance: ['GET', `${bank}/ledger/trial-balance`, 'ledger.read'],

  previewGrants: ['GET', `${bank}/grant-runs/preview`, 'grants.run'],
  listGrantRuns: ['GET', `${bank}/grant-runs`, 'grants.read'],
  putGrantRun: ['PUT', `${bank}/grant-runs/:runId`, 'grants.run'],
  getGrantRun: ['GET', `${bank}/grant-runs/:runId`, 'grants.read'],
  listGrantRows: ['GET', `${bank}/grant-runs/:runId/rows`, 'grants.read'],

  putCreditLine: ['PUT', `${bank}/credit-lines/:otherBankId`, 'clearing.extend'],
  listPositions: ['GET', `${bank}/ledger/positions`, 'ledger.read'],
  cityPositions: ['GET', '/api/ledger/positions', 'city.read'],
  settleBanks: ['PUT', '/api/settlements/:settlementId', 'city.run'],

  bankLiability: ['GET', `${bank}/reports/liability`, 'reports.read'],
  bankLiabilityCsv: ['GET', `${bank}/reports/liability.csv`, 'reports.read'],
  cityLiability: ['GET', '/api/reports/liability', 'city.read'],
  cityLiabilityCsv: ['GET', '/api/reports/liability.csv', 'city.read'],

  bankIntegrity: ['GET', `${bank}/reports/integrity`, 'reports.read'],
  bankIntegrityCsv: ['GET', `${bank}/reports/integrity.csv`, 'reports.read'],
  listIntegrityFlags: ['GET', `${bank}/reports/integrity/flags`, 'reports.read'],
  integrityFlagsCsv: ['GET', `${bank}/reports/integrity/flags.csv`, 'reports.read'],
  cityIntegrity: ['GET', '/api/reports/integrity', 'city.read'],
  cityIntegrityCsv: ['GET', '/api/reports/integrity.csv', 'city.read'],
} as const;

export type RouteName = keyof typeof paths;
