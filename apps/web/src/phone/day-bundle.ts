import type { DayBundle, Visit } from '@timebank/contract/client';
import { type KeptBundle, transact } from './phone-db';
import { useSession } from '../shared/session';

export type BundleVisit = DayBundle['visits'][number];

/** At most this often, unless a visit is known that is not in it. */
const freshForMs = 180_000;

/** The visits of the next three days as this phone last heard of them; none when it never did. */
export async function readBundle(personId: string): Promise<KeptBundle> {
  const kept = await transact('bundles', 'readonly', (store) => store.get(personId)).catch(() => null);
  return kept ?? { personId, fetchedAt: 0, visits: [] };
}

function keepBundle(bundle: KeptBundle): Promise<unknown> {
  return transact('bundles', 'readwrite', (store) => store.put(bundle));
}

let underWay: Promise<void> = Promise.resolve();

/**
 * Fetches the day bundle and stores it, when the present one is old or lacks one of `needed`. Silent without network or storage: the old one stays.
 * Whoever asks while another is at it looks again afterwards, so that one start fetches it once.
 */
export function refreshBundle(personId: string, needed: readonly string[] = []): Promise<void> {
  underWay = underWay.then(() => refresh(personId, needed));
  return underWay;
}

async function refresh(personId: string, needed: readonly string[]): Promise<void> {
  const { fetchedAt, visits } = await readBundle(personId);
  const age = Date.now() - fetchedAt;
  const lacks = needed.some((visitId) => !visits.some((visit) => visit.visitId === visitId));
  if (age >= 0 && age < (lacks ? 5_000 : freshForMs)) return;
  try {
    const bundle = await useSession().ask('dayBundle');
    if (Array.isArray(bundle?.visits)) await keepBundle({ personId, fetchedAt: Date.now(), visits: bundle.visits, limits: bundle.limits });
  } catch {
    // Asked again when the network comes back.
  }
}

/** Adds the server's answer about a visit to the bundle, so that the phone knows it after a restart without network. */
export async function noteInBundle(personId: string, { visitId, state, capturedIn }: Visit): Promise<void> {
  const kept = await readBundle(personId);
  const visits = kept.visits.map((visit) => (visit.visitId === visitId ? { ...visit, state, capturedIn } : visit));
  if (kept.fetchedAt > 0) await keepBundle({ ...kept, visits }).catch(() => undefined);
}

/** After a sign-out nobody's visits stay on the phone. */
export function forgetBundles(): Promise<void> {
  return transact('bundles', 'readwrite', (store) => store.clear()).catch(() => undefined);
}
