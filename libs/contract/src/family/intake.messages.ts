import { z } from 'zod';
import { id, instant, line, listOf, note, page, personName, phone, version } from '../primitives';
import { proxyScopes } from './family-lists';
import { kindCode } from '../requests/kinds.messages';

export const callerKinds = ['client', 'proxy', 'other'] as const;
export const callerQuery = z.strictObject({ phone });

const lastHelp = z.object({
  requestId: id,
  serviceKind: z.string(),
  startsAt: instant,
  minutes: z.int(),
  helpersNeeded: z.int(),
  place: z.string().nullable(),
  /** Who came, where it was one person who may come again. */
  helper: z.object({ memberId: id, name: z.string() }).nullable(),
});

/** Everybody about whom a call from this number may be; a shared landline shows all of them. */
export const callers = z.object({
  phone: z.string(),
  items: z.array(
    z.object({
      memberId: id,
      name: z.string(),
      memberNumber: z.string(),
      isClient: z.boolean(),
      homeAddress: z.string().nullable(),
      /** Who is on the phone: they themselves, who acts for them, or somebody by whose number they are reached. */
      caller: z.enum(callerKinds),
      callerName: z.string(),
      relation: z.string().nullable(),
      scopes: z.array(z.enum(proxyScopes)),
      last: lastHelp.nullable(),
      /** A visit that is over, and of which nobody has said that it was so. */
      toConfirm: z.object({ visitId: id, serviceKind: z.string(), plannedStart: instant, volunteerName: z.string() }).nullable(),
    }),
  ),
  /** Calls from this number that nobody could place yet. */
  contactId: id.nullable(),
});

/** The whole of it each time, with the version that was read; without, it is laid down. */
export const contactInput = z.strictObject({
  version: version.optional(),
  phone,
  name: personName.optional(),
  note: note.optional(),
  clientId: id.optional(),
  closed: z.literal(true).optional(),
});
export const contact = z.object({
  contactId: id,
  phone: z.string(),
  name: z.string().nullable(),
  note: z.string().nullable(),
  clientId: id.nullable(),
  clientName: z.string().nullable(),
  recordedAt: instant,
  recordedByName: z.string().nullable(),
  closed: z.boolean(),
  version,
});
/** `open`: nobody knows yet who it was. */
export const contactQuery = z.strictObject({ ...page, clientId: id.optional(), state: z.enum(['open']).optional() });
export const contacts = listOf(contact);

/** A call that becomes a request, and a visit where it is settled who comes; all of it or nothing. */
export const phoneCallInput = z.strictObject({
  clientId: id,
  phone: phone.optional(),
  caller: z.enum(callerKinds),
  /** A call that was laid down before anybody knew who it was: it is this client's now. */
  contactId: id.optional(),
  request: z.strictObject({
    requestId: id,
    serviceKind: kindCode,
    startsAt: instant,
    minutes: z.int().min(1).max(1_440),
    helpersNeeded: z.int().min(1).max(20).optional(),
    place: line(200).optional(),
    note: note.optional(),
  }),
  visit: z.strictObject({ visitId: id, volunteerId: id }).optional(),
});
export const phoneCall = z.object({
  callId: id,
  clientId: id,
  clientName: z.string(),
  requestId: id,
  visitId: id.nullable(),
  heardAt: instant,
  /** Who is told of it in the app; where nobody is, it has to be said or sent on paper. */
  told: z.array(z.string()),
});

export type CallerQuery = z.infer<typeof callerQuery>;
export type Callers = z.infer<typeof callers>;
export type Contact = z.infer<typeof contact>;
export type ContactInput = z.infer<typeof contactInput>;
export type ContactQuery = z.infer<typeof contactQuery>;
export type PhoneCall = z.infer<typeof phoneCall>;
export type PhoneCallInput = z.infer<typeof phoneCallInput>;
