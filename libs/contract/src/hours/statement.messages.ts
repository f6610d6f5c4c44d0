import { z } from 'zod';
import { accountKinds, transferClasses, transferKinds } from './ledger.messages';
import { id, instant, localDay, localMonthText } from '../primitives';
import { tableChoice } from '../table-choice';

/** A month of the bank (by default the current one), or its local days from the first to the last one named. */
export const statementQuery = z.strictObject({
  month: localMonthText.optional(),
  from: localDay.optional(),
  to: localDay.optional(),
  ...tableChoice,
});

/** `minutes` is signed from the account's side; `balanceAfterMinutes` runs with it; `version` counts the account's entries. */
const statementEntry = z.object({
  version: z.int(),
  transferId: id,
  kind: z.enum(transferKinds),
  class: z.enum(transferClasses).nullable(),
  visitId: id.nullable(),
  reversesId: id.nullable(),
  at: instant,
  effectiveAt: instant,
  otherAccountId: id,
  otherAccountKind: z.enum(accountKinds),
  otherName: z.string().nullable(),
  minutes: z.int(),
  balanceAfterMinutes: z.int(),
});

/** All above zero. Verified and manual are the minutes of services, their overflow and their reversals among them. */
const statementTotals = z.object({
  inMinutes: z.int(),
  outMinutes: z.int(),
  verifiedInMinutes: z.int(),
  verifiedOutMinutes: z.int(),
  manualInMinutes: z.int(),
  manualOutMinutes: z.int(),
});

/** A checkpoint as it was signed: canonical JSON of `statement` under Ed25519. */
export const signedCheckpoint = z.object({
  statement: z.object({
    format: z.literal('timebank checkpoint 1'),
    bankId: id,
    number: z.int(),
    previousHash: z.string().nullable(),
    previousNumber: z.int().nullable().optional(),
    fromXid: z.string(),
    belowXid: z.string(),
    counts: z.object({
      account_history: z.int(),
      hold: z.int(),
      hold_end: z.int(),
      refusal: z.int(),
      transfer: z.int(),
      /** Older checkpoints know of no trail. */
      audit_trail: z.int().optional(),
    }),
    transfers: z.int(),
    sumMinutes: z.literal(0),
    root: z.string(),
    sealedAt: z.string(),
    keyId: z.string(),
  }),
  signature: z.string(),
});

/** What proves the entries without this database; its form is the ledger's, read by `timebank verify`. */
export const statementProof = z.object({
  format: z.literal('timebank proof 1'),
  bankId: id,
  accountId: id,
  publicKeyId: z.string().nullable(),
  checkpoint: signedCheckpoint.nullable(),
  checkpoints: z.array(signedCheckpoint),
  entries: z.array(
    z.object({
      transfer: z.record(z.string(), z.string().nullable()),
      version: z.int(),
      balanceAfter: z.int(),
      previousHash: z.string().nullable(),
      hash: z.string(),
      otherHash: z.string(),
      sealed: z.object({ checkpoint: z.int(), leafIndex: z.int(), path: z.array(z.string()) }).nullable(),
    }),
  ),
  sealedThrough: z.int().nullable(),
});

export const statement = z.object({
  bank: z.object({ bankId: id, name: z.string(), timeZone: z.string() }),
  account: z.object({ accountId: id, kind: z.enum(accountKinds), ownerId: id.nullable(), ownerName: z.string().nullable() }),
  /** Local days of the bank, both included. */
  period: z.object({ from: localDay, to: localDay }),
  issuedAt: instant,
  openingMinutes: z.int(),
  entries: z.array(statementEntry),
  totals: statementTotals,
  closingMinutes: z.int(),
  /** Where anyone can look at the newest checkpoint; null while there is none. */
  sealAddress: z.string().nullable(),
  proof: statementProof,
});

export type StatementQuery = z.infer<typeof statementQuery>;
export type StatementAnswer = z.infer<typeof statement>;
export type StatementEntry = z.infer<typeof statementEntry>;
export type StatementTotals = z.infer<typeof statementTotals>;
