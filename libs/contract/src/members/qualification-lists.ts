/** How a qualification stands on a day: `ends_soon` within 30 days, `reactivatable` when it is over and can still be renewed. */
export const qualificationStatuses = ['valid', 'ends_soon', 'exempt', 'reactivatable', 'expired'] as const;
export type QualificationStatus = (typeof qualificationStatuses)[number];
