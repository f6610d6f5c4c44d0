import { z } from 'zod';
import { id, instant, line, phone, text, version } from '../primitives';

const words = text(300).nullable().optional();
/** The whole of it each time; `version` of what stood there, left out where nothing did. */
export const needsInput = z.strictObject({
  version: version.optional(),
  door: words,
  hearing: words,
  pets: words,
  allergy: words,
  emergencyName: line(100).nullable().optional(),
  emergencyPhone: phone.nullable().optional(),
});

const said = z.string().nullable();
const fields = { door: said, hearing: said, pets: said, allergy: said, emergencyName: said, emergencyPhone: said };
export const needs = z.object({ memberId: id, ...fields, version: z.int().min(0) });
/** The same for the helper of a visit, who sees it until the visit's end. */
export const visitNeeds = z.object({ visitId: id, ...fields, until: instant });

export type Needs = z.infer<typeof needs>;
export type NeedsInput = z.infer<typeof needsInput>;
export type VisitNeeds = z.infer<typeof visitNeeds>;
