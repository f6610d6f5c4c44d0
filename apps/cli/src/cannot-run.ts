/** Something the operator has to settle first; printed as it is, without a stack. */
export class CannotRun extends Error {}
