import { z } from 'zod';
import { listOf, page } from './primitives';
import { signedCheckpoint, statementProof } from './statement.messages';

export const checkpointNumber = z.string().regex(/^[1-9]\d{0,8}$/);
export const checkpointQuery = z.strictObject(page);

/** `fingerprint` is the SHA-256 of the statement's canonical JSON: what the next checkpoint names, what people compare. */
export const publicCheckpoint = signedCheckpoint.extend({
  bankName: z.string(),
  fingerprint: z.string(),
});
export const checkpoints = listOf(signedCheckpoint.extend({ fingerprint: z.string() }));
export const checkpointKeys = z.object({ items: z.array(z.object({ keyId: z.string(), publicKey: z.string() })) });
export const transferProof = statementProof;

export type PublicCheckpoint = z.infer<typeof publicCheckpoint>;
export type CheckpointQuery = z.infer<typeof checkpointQuery>;
