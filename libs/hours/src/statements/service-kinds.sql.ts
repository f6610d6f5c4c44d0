import type { UnitOfWork } from '@timebank/database';

/**
 * What was done on visits, for readers of the entries that pay for them: the ledger knows a visit only by its id. By visit id; null for an entry
 * without one, and for a visit at another bank.
 */
export async function serviceKindsOf(
  unit: UnitOfWork,
  bankId: string,
  visitIds: readonly (string | null)[],
): Promise<(visitId: string | null) => string | null> {
  const ids = [...new Set(visitIds)].filter((id) => id !== null);
  const asked = `select v.visit_id, r.service_kind from visit v join request r using (bank_id, request_id)
                  where v.bank_id = $1 and v.visit_id = any($2::uuid[])`;
  const rows = ids.length === 0 ? [] : await unit.query<{ visitId: string; serviceKind: string }>(asked, [bankId, ids]);
  const kinds = new Map(rows.map(({ visitId, serviceKind }) => [visitId, serviceKind]));
  return (visitId) => (visitId === null ? null : (kinds.get(visitId) ?? null));
}
