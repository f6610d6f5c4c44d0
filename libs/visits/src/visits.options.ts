/** Where cards point: `https://host` without a slash at the end. Without PUBLIC_URL it is a LAN address, and not public. */
export type VisitsOptions = { origin: string; originIsPublic: boolean };

export const VISITS_OPTIONS = Symbol('visits options');
