import type { PolicyRow } from '@timebank/contract';
import type { LaidPolicy } from './policy-rows.sql';

export function policyAnswer(line: LaidPolicy): PolicyRow {
  const { policyId, bankId, key, value, validFrom, source } = line;
  const [recordedAt, withdrawnAt] = [line.recordedAt.toISOString(), line.withdrawnAt?.toISOString() ?? null];
  return { policyId, bankId, key, value, validFrom, source, recordedAt, withdrawnAt };
}
