/** What somebody may do for a client: each by itself, none includes another. */
export const proxyScopes = ['see', 'ask', 'cancel', 'answer', 'be_told', 'give'] as const;
/** How the client said so: themselves in the app, or to a coordinator, by phone or at the counter. */
export const proxyConfirmations = ['app', 'call', 'counter'] as const;
/** Words for why somebody acts for a client no longer. `renewed`: the client has said it anew. A city may have its own codes. */
export const proxyEndReasons = ['client_wish', 'proxy_wish', 'renewed', 'expired', 'left', 'died', 'guardianship', 'other'] as const;
/** Of these, one ends all that act for the client: somebody else decides now. */
export const endsAllProxies: readonly string[] = ['died', 'guardianship'];
export const proxyStates = ['active', 'ended'] as const;
/** Words for who somebody is to the client; anything else is shown as it was typed. */
export const proxyRelations = ['child', 'grandchild', 'spouse', 'sibling', 'nephew', 'friend', 'neighbour', 'guardian'] as const;

export type ProxyScope = (typeof proxyScopes)[number];
export type ProxyConfirmation = (typeof proxyConfirmations)[number];

/** What came of a call to an elder who does not ask. */
export const checkInResults = ['fine', 'needs_help', 'not_reached', 'do_not_call'] as const;
/** Who tells of somebody without an account, and what came of it. */
export const finders = ['shop', 'post', 'hospital', 'neighbour', 'other'] as const;
export const findingResults = ['known', 'helped', 'not_found', 'no_need'] as const;

export type CheckInResult = (typeof checkInResults)[number];
