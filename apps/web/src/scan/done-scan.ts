import type { Visit } from '@timebank/contract/client';
import type { KeptScan } from '@timebank/web-kit/scanning';

/** A scan that was made: answered by the server, or kept on the phone for now. */
export type DoneScan = { kind: 'in' | 'out'; visit: Visit } | { kept: KeptScan };

/**
 * What became of a scan, as far as anybody can know. `counted`: the server answered at once. `arrived`: it was kept, and the server has answered
 * since. `kept`: it is on this phone, and is sent by itself. `sign in`: it is on this phone, and nobody is signed in. `stranger`: somebody else is
 * signed in. `boxed`: the server refused it. `gone`: it is no longer on this phone, and no answer was heard.
 */
export type Standing = 'counted' | 'arrived' | 'kept' | 'sign in' | 'stranger' | 'boxed' | 'gone';

/** What this phone knows: the kept scan, the server's answer to it, and who is signed in. */
export type KnownOfScan = { kept: KeptScan | null; answer: Visit | null; personId: string | null };

export function standingOf(scan: DoneScan, { kept, answer, personId }: KnownOfScan): Standing {
  if (!('kept' in scan)) return 'counted';
  if (answer) return 'arrived';
  if (!kept) return 'gone';
  if (kept.state === 'needs a person') return 'boxed';
  if (personId === null) return 'sign in';
  return personId === kept.personId ? 'kept' : 'stranger';
}

/** The server's answer to a scan; null until there is one. */
export function saidOf(scan: DoneScan, answer: Visit | null) {
  const visit = 'kept' in scan ? answer : scan.visit;
  const kind = kindOf(scan);
  if (!visit) return null;
  return {
    at: kind === 'in' ? visit.capturedIn : visit.capturedOut,
    // A kept scan that was sent again is its own repeat and needs no message.
    isRepeat: !('kept' in scan) && visit.duplicate === true,
    creditedMinutes: kind === 'out' ? visit.creditedMinutes : null,
  };
}

export const kindOf = (scan: DoneScan): 'in' | 'out' => ('kept' in scan ? scan.kept.kind : scan.kind);
