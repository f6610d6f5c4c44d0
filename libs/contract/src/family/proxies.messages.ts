import { z } from 'zod';
import { id, instant, line, listOf, localDay, page, personName, phone, reasonCode } from '../primitives';
import { proxyConfirmations, proxyScopes, proxyStates } from './family-lists';

const scopes = z
  .array(z.enum(proxyScopes))
  .min(1)
  .max(proxyScopes.length)
  .refine((said) => new Set(said).size === said.length, 'listed_twice');

/** Either the phone by which they sign in, or will, or somebody who is known already. `validUntil` is the last day, by the bank's clock. */
export const proxyInput = z
  .strictObject({
    clientId: id,
    phone: phone.optional(),
    personId: id.optional(),
    name: personName,
    relation: line(40),
    scopes,
    validUntil: localDay,
    confirmedHow: z.enum(proxyConfirmations),
    /** When the client said so, and from which number, or which was called. */
    confirmedAt: instant.optional(),
    confirmedFrom: line(60).optional(),
  })
  .refine((input) => (input.phone === undefined) !== (input.personId === undefined), 'phone_or_person');

export const proxy = z.object({
  proxyId: id,
  bankId: id,
  clientId: id,
  clientName: z.string(),
  /** Who acts, if they are a member of this bank. */
  memberId: id.nullable(),
  name: z.string(),
  relation: z.string(),
  scopes: z.array(z.enum(proxyScopes)),
  validFrom: localDay,
  validUntil: localDay,
  confirmedHow: z.enum(proxyConfirmations),
  confirmedAt: instant,
  confirmedByName: z.string().nullable(),
  /** Only for staff. */
  confirmedFrom: z.string().nullable(),
  phone: z.string().nullable(),
  state: z.enum(proxyStates),
  endedAt: instant.nullable(),
  endReason: z.string().nullable(),
});

/** A client and a proxy see their own; staff all, or those of one client. */
export const proxyQuery = z.strictObject({ ...page, clientId: id.optional(), state: z.enum(proxyStates).optional() });
export const proxies = listOf(proxy);
export const proxyEnd = z.strictObject({ reasonCode });

/** For whom the caller acts now, at whatever bank. */
export const actsFor = z.object({
  items: z.array(
    z.object({
      proxyId: id,
      bankId: id,
      clientId: id,
      name: z.string(),
      relation: z.string(),
      scopes: z.array(z.enum(proxyScopes)),
      validUntil: localDay,
      /** For the statement, and for giving. */
      accountId: id.nullable(),
    }),
  ),
});

export type ProxyInput = z.infer<typeof proxyInput>;
export type Proxy = z.infer<typeof proxy>;
export type ProxyQuery = z.infer<typeof proxyQuery>;
export type ActsFor = z.infer<typeof actsFor>;
