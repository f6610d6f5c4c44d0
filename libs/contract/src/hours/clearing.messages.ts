import { z } from 'zod';
import { id, instant, listOf, minutes, page } from '../primitives';

/** What this bank lets the other run up with it before it has to give back or settle. */
export const creditLineInput = z.strictObject({ creditLineMinutes: z.int().min(0).max(100_000_000) });
export const creditLine = z.object({
  bankId: id,
  otherBankId: id,
  creditLineMinutes: z.int(),
  setAt: instant,
});

/**
 * What a bank and another owe each other: the balance of its clearing account for it. Below zero: its volunteers have given the other bank's clients
 * more than they received.
 */
const position = z.object({
  bankId: id,
  bankName: z.string(),
  otherBankId: id,
  otherBankName: z.string(),
  accountId: id,
  positionMinutes: z.int(),
  creditLineMinutes: z.int(),
  /** How much of the credit line is used, of a hundred. */
  usedPercent: z.int(),
  /** Sum of both banks' positions; not zero while a leg is under way. */
  inFlightMinutes: z.int(),
  /** When the oldest leg under way was recorded. */
  oldestInFlightAt: instant.nullable(),
});
export const positionQuery = z.strictObject(page);
export const positions = listOf(position);

export const settlementInput = z.strictObject({ debtorBankId: id, creditorBankId: id, minutes });
export const settlement = z.object({
  settlementId: id,
  debtorBankId: id,
  creditorBankId: id,
  minutes: z.int(),
  at: instant,
  /** The creditor bank's balance afterwards. */
  positionMinutes: z.int(),
});

export type CreditLine = z.infer<typeof creditLine>;
export type Position = z.infer<typeof position>;
export type PositionQuery = z.infer<typeof positionQuery>;
export type BankSettlementInput = z.infer<typeof settlementInput>;
export type BankSettlement = z.infer<typeof settlement>;
