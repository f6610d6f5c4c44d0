import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

/** What was done on visits, for whoever reads the entries that pay for them. The ledger knows a visit by its id alone. */
@Injectable()
export class ServiceKindsOf {
  constructor(private readonly unit: UnitOfWork) {}

  /** By visit id; null for an entry without one, and for a visit at another bank. */
  async run(bankId: string, visitIds: readonly (string | null)[]): Promise<(visitId: string | null) => string | null> {
    const ids = [...new Set(visitIds)].filter((id) => id !== null);
    const rows =
      ids.length === 0
        ? []
        : await this.unit.query<{ visitId: string; serviceKind: string }>(
            `select v.visit_id, r.service_kind from visit v join request r using (bank_id, request_id)
              where v.bank_id = $1 and v.visit_id = any($2::uuid[])`,
            [bankId, ids],
          );
    const kinds = new Map(rows.map(({ visitId, serviceKind }) => [visitId, serviceKind]));
    return (visitId) => (visitId === null ? null : (kinds.get(visitId) ?? null));
  }
}
