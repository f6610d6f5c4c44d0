/** The parts of a rank, in the order in which a screen says them. */
export const rankParts = ['helped_before', 'asked_for', 'distance', 'availability', 'language', 'kind', 'fairness', 'reliability'] as const;
export type RankPartName = (typeof rankParts)[number];

/** What a volunteer is told of why a request is for them: nothing but what is kind, and nothing of others. */
export const kindReasons = ['helped_before', 'asked_for', 'near', 'free_then', 'language', 'likes_kind'] as const;
export type KindReason = (typeof kindReasons)[number];

export const offerStates = ['open', 'accepted', 'standby', 'declined', 'expired', 'withdrawn'] as const;
export type OfferState = (typeof offerStates)[number];
