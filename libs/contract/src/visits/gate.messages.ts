import { z } from 'zod';
import { json } from '../primitives';
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

export type Candidate = z.infer<typeof candidate>;
