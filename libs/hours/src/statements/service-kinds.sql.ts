import type { Language } from '@timebank/contract';
import type { UnitOfWork } from '@timebank/database';

/** What a kind of service is called in each language; the Chinese name is always there. */
export type KindNames = Partial<Record<Language, string>>;

/**
 * What was done on visits, for readers of the entries that pay for them: the ledger knows a visit only by its id. By visit id; null for an entry
 * without one, and for a visit at another bank.
 */
export async function serviceKindsOf(
  unit: UnitOfWork,
  bankId: string,
  visitIds: readonly (string | null)[],
): Promise<(visitId: string | null) => KindNames | null> {
  const ids = [...new Set(visitIds)].filter((id) => id !== null);
  const asked = `select v.visit_id, n.names from visit v join request r using (bank_id, request_id)
                   cross join lateral (select jsonb_object_agg(w.language, w.name) as names
                     from service_kind_name w where w.code = r.service_kind and w.name is not null) n
                  where v.bank_id = $1 and v.visit_id = any($2::uuid[])`;
  const rows = ids.length === 0 ? [] : await unit.query<{ visitId: string; names: KindNames }>(asked, [bankId, ids]);
  const kinds = new Map(rows.map(({ visitId, names }) => [visitId, names]));
  return (visitId) => (visitId === null ? null : (kinds.get(visitId) ?? null));
}
