import type { GatePolicy } from './gate.rules';

/** A bank that has set nothing: its gate stops nobody by policy. */
export const noRules: GatePolicy = {
  restMinutes: 0,
  planCapMinutes: null,
  pairCapMinutes: null,
  reactivateWithinDays: 0,
  riskyFrom: 'high',
  trainingFrom: 'high',
  pairFrom: 'high',
  pairFirstVisits: 3,
  insuranceRequired: 'off',
};
