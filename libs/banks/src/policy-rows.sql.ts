import type { PolicyLine } from './policy.entity';

/** A policy row, and who withdrew it, when; null where it stands. */
export type LaidPolicy = PolicyLine & { withdrawnBy: string | null; withdrawnAt: Date | null };

/** Rows of the bank and of the city, withdrawn ones too. */
export const policyRowsSql = `
  select p.*, w.withdrawn_by, w.withdrawn_at from policy p left join policy_withdrawal w on w.policy_id = p.policy_id`;

/** SQL: whether a row counts at all. */
export const stands = (policy: string) => `not exists (select from policy_withdrawal w where w.policy_id = ${policy}.policy_id)`;
