import { z } from 'zod';
import { id, instant, json, note } from '../primitives';
import { gateReasonCodes } from './gate-reasons';

/** All that stands between a request and a person, and of each whether a coordinator may set it aside. */
export const candidate = z.object({
  gate: z.array(z.enum(gateReasonCodes)),
  reasons: z.array(
    z.object({
      reason: z.enum(gateReasonCodes),
      strength: z.enum(['hard', 'soft', 'warning']),
      parameters: z.record(z.string(), json),
    }),
  ),
});

export const visitInput = z
  .strictObject({
    requestId: id,
    volunteerId: id,
    /** Why a coordinator sets aside what they may, and which reasons they have seen: no other is set aside. */
    overruleNote: note.optional(),
    /** When somebody has it already: stand by, which is answered 202 with the offer. */
    orStandby: z.boolean().optional(),
    overrules: z.array(z.enum(gateReasonCodes)).min(1).max(gateReasonCodes.length).optional(),
    /** A coordinator lets the client pay for a helper for whom the pool would, and says why. */
    payer: z.literal('client').optional(),
    payerNote: note.optional(),
  })
  .refine(({ payer, payerNote }) => (payer === undefined) === (payerNote === undefined), {
    message: 'payer_and_reason_together',
    path: ['payerNote'],
  })
  .refine(({ overruleNote, overrules }) => (overruleNote === undefined) === (overrules === undefined), {
    message: 'note_and_reasons_together',
    path: ['overrules'],
  });

/** The same visit by somebody else, at another time, or both; nothing else of it changes. */
export const rearrangeInput = z
  .strictObject({
    volunteerId: id,
    startsAt: instant.optional(),
    overruleNote: note.optional(),
    overrules: z.array(z.enum(gateReasonCodes)).min(1).max(gateReasonCodes.length).optional(),
  })
  .refine(({ overruleNote, overrules }) => (overruleNote === undefined) === (overrules === undefined), {
    message: 'note_and_reasons_together',
    path: ['overrules'],
  });

export type RearrangeInput = z.infer<typeof rearrangeInput>;
export type Candidate = z.infer<typeof candidate>;
