import { keep } from './i18n';
import { useSession } from './session';

/** Older than this it misleads more than it helps. */
const lastsMs = 14 * 86_400_000;
const names = ['home', 'time', 'notices'] as const;
type Name = (typeof names)[number];

export type LastSeen<Value> = { at: string; value: Value };
type KeptValue = LastSeen<unknown> & { personId: string };

const keyOf = (name: Name) => `seen.${name}`;

/** Notes what this person sees on this phone, for times without network. `at` is the product's time. It goes with the sign-out. */
export function noteSeen(name: Name, value: unknown): void {
  const session = useSession();
  if (!session.me) return;
  keep.write(keyOf(name), JSON.stringify({ personId: session.me.personId, at: session.now().toISOString(), value } satisfies KeptValue));
}

/** As this person saw it last; null when they never did, or long ago. */
export function lastSeen<Value>(name: Name): LastSeen<Value> | null {
  const session = useSession();
  try {
    const kept = JSON.parse(keep.read(keyOf(name)) ?? 'null') as (LastSeen<Value> & { personId: string }) | null;
    if (kept === null || kept.personId !== session.me?.personId) return null;
    return session.now().getTime() - Date.parse(kept.at) < lastsMs ? kept : null;
  } catch {
    return null;
  }
}

export function forgetSeen(): void {
  for (const name of names) keep.write(keyOf(name), null);
}
