/** Who helps earns, who takes part does not. */
export const activityParts = ['helper', 'participant'] as const;
/** `open` until its end, then `over` until a coordinator closes it; or `cancelled`. */
export const activityStates = ['open', 'over', 'closed', 'cancelled'] as const;
export const activityPlaceStates = ['placed', 'waiting', 'withdrawn'] as const;

export type ActivityPart = (typeof activityParts)[number];
export type ActivityState = (typeof activityStates)[number];
export type ActivityPlaceState = (typeof activityPlaceStates)[number];
