import type { PolicyRow } from '@timebank/contract';
import type { PolicyLine } from './policy.entity';

export function policyAnswer(line: PolicyLine): PolicyRow {
  const { policyId, bankId, key, value, validFrom, source } = line;
  return { policyId, bankId, key, value, validFrom, source, recordedAt: line.recordedAt.toISOString() };
}
