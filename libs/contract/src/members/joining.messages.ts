import { readIdentityNumber } from '@timebank/kernel';
import { z } from 'zod';
import { languages } from '../language-list';
import { birthDate, id, instant, line, listOf, localDay, note, page, personName, phone, reasonCode, version } from '../primitives';

/** A citizen's number in any spelling. It is checked, hashed under the secret key and forgotten. */
export const identityNumber = z
  .string()
  .max(60)
  .refine((typed) => readIdentityNumber(typed) !== null, 'wrong_identity_number')
  .overwrite((typed) => readIdentityNumber(typed)?.number ?? typed);
/** As the country's register of volunteers gives it. */
export const volunteerNumber = z.string().regex(/^[0-9A-Z]{6,24}$/);
export const guardianKinds = ['parent', 'grandparent', 'other'] as const;
/** Who answers for a minor: somebody with a name and a phone; where they are a member here too, which. */
export const guardian = z.strictObject({ name: personName, phone, kind: z.enum(guardianKinds), memberId: id.optional() });

/** What somebody may let be done; `sharing` is asked for each bank that would receive. */
export const consentPurposes = ['location', 'photo', 'publication', 'sharing'] as const;
/** The newest text that is shown for consents. A word given to an older one counts for what that said. */
export const consentTextVersion = 1;
const granted = z.strictObject({ purpose: z.enum(['photo', 'publication']), granted: z.boolean() });

export const joiningBank = z.object({ bankId: id, bankName: z.string(), bankPhone: z.string(), textVersion: z.int() });
export const joiningCodeInput = z.strictObject({ phone });
export const joiningCode = z.object({ done: z.literal(true), expiresAt: instant, minutes: z.int() });
export const applicationInput = z.strictObject({
  phone,
  code: z.string().regex(/^\d{6}$/),
  name: personName,
  birthDate,
  roles: z
    .array(z.enum(['volunteer', 'client']))
    .min(1)
    .max(2)
    .refine((roles) => new Set(roles).size === roles.length, 'listed_twice'),
  homeAddress: line(200).optional(),
  volunteerNumber: volunteerNumber.optional(),
  identityNumber: identityNumber.optional(),
  guardian: guardian.omit({ memberId: true }).optional(),
  consents: z.array(granted).max(2).optional(),
  textVersion: z.int().min(1).max(consentTextVersion),
  language: z.enum(languages),
});
export const applied = z.object({ applicationId: id, state: z.enum(['applied', 'accepted', 'refused']), appliedAt: instant });

const application = applied.extend({
  name: z.string(),
  birthDate: localDay,
  age: z.int(),
  phone: z.string(),
  roles: z.array(z.enum(['volunteer', 'client'])),
  homeAddress: z.string().nullable(),
  volunteerNumber: z.string().nullable(),
  guardian: z.object({ name: z.string(), phone: z.string(), kind: z.enum(guardianKinds) }).nullable(),
  /** That somebody saw them, or their papers; never what stood there. */
  checked: z.object({ way: z.enum(['person', 'document']), byName: z.string().nullable(), at: instant }).nullable(),
  decision: z
    .object({ byName: z.string().nullable(), at: instant, reasonCode: z.string().nullable(), note: z.string().nullable() })
    .nullable(),
  /** Members whom this may be: by name and birth date, phone, or the hash of their number. */
  likely: z.array(
    z.object({ memberId: id, name: z.string(), memberNumber: z.string(), by: z.array(z.enum(['name', 'phone', 'identity'])) }),
  ),
  version,
});
export const applicationQuery = z.strictObject({ ...page, state: z.enum(['applied', 'accepted', 'refused']).optional() });
export const applications = listOf(application);
export const checkInput = z.strictObject({ way: z.enum(['person', 'document']) });
export const acceptInput = z.strictObject({ version });
export const refuseInput = z.strictObject({ version, reasonCode, note: note.optional() });

/** `recipientBankId`: who would receive it, where that is another bank. */
export const consentInput = z.strictObject({
  granted: z.boolean(),
  textVersion: z.int().min(1).max(consentTextVersion),
  recipientBankId: id.optional(),
});
export const consent = z.object({
  purpose: z.enum(consentPurposes),
  recipientBankId: id.nullable(),
  recipientName: z.string().nullable(),
  granted: z.boolean(),
  textVersion: z.int().nullable(),
  givenAt: instant.nullable(),
  /** Whether a screen may ask for it: never said, or refused 180 days ago or more. */
  mayAsk: z.boolean(),
});
export const consents = z.object({ textVersion: z.int(), items: z.array(consent) });

export type Guardian = z.infer<typeof guardian>;
export type ApplicationInput = z.infer<typeof applicationInput>;
export type ApplicationState = z.infer<typeof applied>;
export type Application = z.infer<typeof application>;
export type ApplicationQuery = z.infer<typeof applicationQuery>;
export type ConsentInput = z.infer<typeof consentInput>;
export type ConsentPurpose = (typeof consentPurposes)[number];
export type Consent = z.infer<typeof consent>;
export type Consents = z.infer<typeof consents>;
export type JoiningBank = z.infer<typeof joiningBank>;
