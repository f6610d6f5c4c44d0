/** Who called a visit off. */
export const cancelSides = ['by_volunteer', 'by_client', 'by_bank'] as const;

/** Why a visit was called off: a closed list, with what each side is offered. */
export const cancelReasonsOf = {
  by_volunteer: ['ill', 'busy', 'family', 'no_way', 'other'],
  by_client: ['not_needed', 'ill', 'away', 'other_time', 'other'],
  by_bank: ['volunteer_asked', 'client_asked', 'other_helper', 'weather', 'mistake', 'other'],
} as const;
export const cancelReasons = [
  'ill',
  'busy',
  'family',
  'no_way',
  'not_needed',
  'away',
  'other_time',
  'volunteer_asked',
  'client_asked',
  'other_helper',
  'weather',
  'mistake',
  'other',
] as const;

export type CancelSide = (typeof cancelSides)[number];
export type CancelReason = (typeof cancelReasons)[number];
