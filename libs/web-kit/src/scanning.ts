export { areaOf, brightestOf, looks, sizeFor, sizeOf, type Area, type Look, type Picture } from './scanning/looks.rules';
export { createOutbox, type Outbox, type OutboxStore } from './scanning/outbox';
export {
  answerWithinMs,
  isBeforeDesk,
  isHeld,
  isUnsent,
  sentOf,
  undoMs,
  type KeptScan,
  type NewScan,
  type SentScan,
} from './scanning/outbox.rules';
export { prepareReader, readCode } from './scanning/read-code';
export { faultsOf, SchedulePhone, type ScanEvent, type ScanServer } from './scanning/spec-schedules';
