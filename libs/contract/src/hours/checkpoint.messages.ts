import { z } from 'zod';
import { id, instant, listOf, page, text } from '../primitives';
import { signedCheckpoint, statementProof } from './statement.messages';

export const checkpointNumber = z.string().regex(/^[1-9]\d{0,8}$/);
export const checkpointQuery = z.strictObject(page);

/** `fingerprint` is the SHA-256 of the statement's canonical JSON: what the next checkpoint names, what people compare. */
export const publicCheckpoint = signedCheckpoint.extend({
  bankName: z.string(),
  fingerprint: z.string(),
  /** Null while it is valid. After a restore from a backup: who said that what it sealed is no longer in the books, why and when. */
  voided: z.object({ saidBy: z.string(), reason: z.string(), saidAt: instant, voidFrom: z.int(), voidThrough: z.int() }).nullable(),
});
export const checkpoints = listOf(signedCheckpoint.extend({ fingerprint: z.string() }));
export const checkpointKeys = z.object({ items: z.array(z.object({ keyId: z.string(), publicKey: z.string() })) });

/** Needed to go on after a restore from a backup. Both are published for good. */
export const restoreInput = z.strictObject({ saidBy: text(80), reason: text(500) });
const signedRestore = z.object({
  statement: z.object({
    format: z.literal('timebank restore 1'),
    bankId: id,
    number: z.int(),
    lastNumber: z.int().nullable(),
    lastHash: z.string().nullable(),
    voidFrom: z.int(),
    voidThrough: z.int(),
    saidBy: z.string(),
    reason: z.string(),
    saidAt: z.string(),
    keyId: z.string(),
  }),
  signature: z.string(),
});
export const restores = z.object({ items: z.array(signedRestore) });
export const transferProof = statementProof;

export type PublicCheckpoint = z.infer<typeof publicCheckpoint>;
export type RestoreInput = z.infer<typeof restoreInput>;
export type Restores = z.infer<typeof restores>;
export type CheckpointQuery = z.infer<typeof checkpointQuery>;
