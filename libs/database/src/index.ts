export { byName } from './by-name';
export { CLOCK } from './clock.token';
export { contentHash, deriveId } from './content-hash';
export { countRows } from './count-rows';
export { countUpTo, countWithin, type Selection, type Total } from './count-up-to';
export { cutPage, pageOf, readCursor, rowsFor } from './cursor';
export { DatabaseModule, type DatabaseOptions } from './database.module';
export { DatabaseSafety } from './database-safety';
export { EmbeddedPostgres, type ServerSettings } from './embedded-postgres';
export { asOutage, asRefusal, isRetryable, violates } from './faults';
export { addMark, fingerprintOf, holdsCity, mayReadMarks, readMarks } from './installation-marks';
export { JobRounds, type JobRound } from './job-rounds';
export { LedgerPool } from './ledger-pool';
export { onDatabase } from './on-database';
export { analyze, migrate, type MigrationRoles } from './migrations';
export {
  asRole,
  hasRole,
  makeRoles,
  mayCreateRoles,
  newRolePasswords,
  roleNamesInDatabase,
  roleNamesOf,
  RolesInUse,
  roleStatements,
  type RolePasswords,
  UnsafeRoles,
} from './roles';
export { isRepeat, isSame, once } from './once';
export { Outbox, type OutboxEvent } from './outbox';
export { EmbeddedPostgresFault } from './postgres-files';
export { refuseUnfitPooler, UnfitPooler } from './pooler';
export { columnOf, type NewRow, type RowClass } from './rows';
export { refuseOtherSchema, SchemaFault } from './schema-state';
export { tables } from './tables/table-of-tables';
export { CheckTrail, cityId } from './trail/check-trail';
export type { TrailFault } from './trail/check-trail.sql';
export { workAs } from './trail/who-works';
export { countTransactionsOn } from './transactions';
export { UnitOfWork } from './unit-of-work';
export { WarmPool } from './warm-pool';
export { createWhole, writeWhole } from './whole-files';
