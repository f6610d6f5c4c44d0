import type { Language } from '@timebank/contract';
import type { DrawnEntry, DrawnForm, PlainStatement } from '@timebank/hours/drawing';
import type { CardSheet } from '@timebank/visits/drawing';

/** Messages to the drawing thread. It asks for entries, so that neither side holds more than a stretch. */
export type ToThread = { id: number } & (
  | { kind: 'begin'; form: DrawnForm; statement: PlainStatement; language: Language | null }
  | { kind: 'cards'; sheet: CardSheet }
  | { kind: 'entries'; entries: DrawnEntry[] | null }
  | { kind: 'leave' }
);

/** What it answers. */
export type FromThread = { id: number } & (
  | { kind: 'ask' }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'done'; unprintable: readonly string[] }
  | { kind: 'fault'; message: string }
);
