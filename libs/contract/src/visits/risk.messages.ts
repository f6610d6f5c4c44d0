import { z } from 'zod';
import { instant } from '../primitives';

/** Which wording of the risks, as its kind of service gives it. */
const riskVersion = z.string().regex(/^[0-9a-f]{64}$/);
export const riskReadingInput = z.strictObject({ version: riskVersion });
/** `read_out`: by a coordinator, to the person. */
export const riskReading = z.object({
  serviceKind: z.string(),
  version: riskVersion,
  way: z.enum(['read', 'read_out']),
  recordedAt: instant,
});

export type RiskReading = z.infer<typeof riskReading>;
export type RiskReadingInput = z.infer<typeof riskReadingInput>;
