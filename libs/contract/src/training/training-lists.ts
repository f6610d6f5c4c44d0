/** `open` for sign-up, then `to_draw`, `drawn` and at last `closed`; or `cancelled`. */
export const courseStates = ['open', 'to_draw', 'drawn', 'closed', 'cancelled'] as const;
export const placeStates = ['signed_up', 'placed', 'waiting', 'withdrawn'] as const;
export const courseResults = ['passed', 'not_passed'] as const;

export type CourseState = (typeof courseStates)[number];
export type PlaceState = (typeof placeStates)[number];
