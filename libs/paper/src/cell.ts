/** A wall-clock time of the bank, `2026-11-23 09:02`. */
export type WallClock = { wallClock: string };
/** What a table holds in one place. */
export type Cell = string | number | WallClock | null;
