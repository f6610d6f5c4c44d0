import { z } from 'zod';
import { reason } from '../access/acts.messages';
import {
  birthDate,
  id,
  instant,
  line,
  listOf,
  localDay,
  page,
  password,
  personName,
  phone,
  question,
  search,
  version,
} from '../primitives';
import { roleNames } from '../access/roles';
import { guardian, guardianKinds, identityNumber, volunteerNumber } from './joining.messages';
import { qualificationStatuses } from './qualification-lists';

const memberRole = z.enum(['volunteer', 'client']);
export const relationKinds = ['spouse', 'parent', 'child', 'grandparent', 'grandchild', 'sibling', 'household'] as const;
export const leavingReasons = ['moved', 'wish', 'death'] as const;
/** What makes an older member a priority one; coordinators and admins alone read and write it. */
export const circumstanceCodes = ['living_alone', 'low_income', 'disabled'] as const;
const circumstances = z
  .array(z.enum(circumstanceCodes))
  .max(circumstanceCodes.length)
  .refine((codes) => new Set(codes).size === codes.length, 'listed_twice');
export const qualificationCode = z.string().regex(/^[a-z_]{2,40}$/);

export const genders = ['woman', 'man'] as const;

export const memberInput = z.strictObject({
  name: personName,
  birthDate,
  roles: z
    .array(memberRole)
    .min(1)
    .max(2)
    .refine((roles) => new Set(roles).size === roles.length, 'listed_twice'),
  phone: phone.optional(),
  password: password.optional(),
  circumstances: circumstances.optional(),
  /** Where they live, in words: a request that names no place means here. */
  homeAddress: line(200).optional(),
  gender: z.enum(genders).optional(),
  helperWish: z.enum(genders).optional(),
  volunteerNumber: volunteerNumber.optional(),
  identityNumber: identityNumber.optional(),
  guardian: guardian.optional(),
});

export const memberPatch = z.strictObject({
  version,
  name: personName.optional(),
  /** A corrected birth date; with a reason, and never one's own. */
  birthDate: birthDate.optional(),
  /** Why name or birth date were wrong; kept with the old value. */
  ...reason,
  phone: phone.nullable().optional(),
  password: password.optional(),
  disabled: z.boolean().optional(),
  circumstances: circumstances.optional(),
  homeAddress: line(200).nullable().optional(),
  gender: z.enum(genders).nullable().optional(),
  helperWish: z.enum(genders).nullable().optional(),
  volunteerNumber: volunteerNumber.nullable().optional(),
});

export const member = z.object({
  memberId: id,
  bankId: id,
  memberNumber: z.string(),
  name: z.string(),
  birthDate: localDay,
  phone: z.string().nullable(),
  roles: z.array(z.enum(roleNames)),
  accountId: id,
  canSignIn: z.boolean(),
  disabled: z.boolean(),
  /** `status` is today's. */
  qualifications: z.array(z.object({ code: z.string(), validUntil: localDay, status: z.enum(qualificationStatuses) })),
  /** What they may do without, through the last day. */
  exemptions: z.array(z.object({ code: z.string(), validUntil: localDay, note: z.string() })),
  /** `otherBankId`: the bank of a relative elsewhere, whose name is not known here unless they help here. */
  relations: z.array(
    z.object({
      memberId: id,
      name: z.string().nullable(),
      kind: z.enum(relationKinds),
      otherBankId: id.nullable(),
      /**
       * False until a second person has confirmed it; before that this member can give nothing. Who confirms: the member, another of the desk, or the
       * other bank.
       */
      confirmed: z.boolean(),
      confirmedAt: instant.nullable(),
      confirmedBy: z.enum(['member', 'desk', 'other_bank']).nullable(),
      confirmedByName: z.string().nullable(),
      /** Whether the caller is asked to confirm it. */
      mayConfirm: z.boolean(),
    }),
  ),
  /** Those that have ended, with the first day without. */
  pastRelations: z.array(z.object({ memberId: id, name: z.string().nullable(), kind: z.enum(relationKinds), endedOn: localDay })),
  /** Null for who may not read it. */
  circumstances: z.array(z.enum(circumstanceCodes)).nullable(),
  /** Only for the member themselves, coordinators and admins. */
  homeAddress: z.string().nullable(),
  /** Of these, and of whom a client would rather be helped by, only coordinators and admins know; null for others, and where nobody has said. */
  gender: z.enum(genders).nullable(),
  helperWish: z.enum(genders).nullable(),
  volunteerNumber: z.string().nullable(),
  /** Who answers for a minor; only coordinators and admins, and they themselves, know. */
  guardian: z.object({ name: z.string(), phone: z.string(), kind: z.enum(guardianKinds), memberId: id.nullable() }).nullable(),
  /** Where one person was registered twice: as whom they go on; and who goes on as them. */
  mergedInto: id.nullable(),
  mergedFrom: z.array(z.object({ memberId: id, name: z.string() })),
  /** The day a member left the bank, and why; null while they are here. */
  left: z.object({ on: localDay, reason: z.enum(leavingReasons) }).nullable(),
  version,
});

export const memberQuery = z.strictObject({
  ...page,
  ...search,
  /** By name; or those who came last first. */
  sort: z.enum(['name', 'newest']).optional(),
  search: question(100).optional(),
  role: z.enum(roleNames).optional(),
  /**
   * `silent`: clients with a service in the last 90 days, none in the last 30, and nothing ahead. `qualification_ends`: volunteers with a
   * qualification that ends within 30 days.
   */
  only: z.enum(['silent', 'qualification_ends']).optional(),
});
/** A line of the member list; the rest is on the member itself. */
const memberLine = member.omit({
  relations: true,
  pastRelations: true,
  qualifications: true,
  exemptions: true,
  gender: true,
  helperWish: true,
  circumstances: true,
  homeAddress: true,
  volunteerNumber: true,
  guardian: true,
  mergedInto: true,
  mergedFrom: true,
  left: true,
});
export const members = listOf(memberLine);

/** `otherBankId`: where the other is a member, when not in this bank. */
export const relationInput = z.strictObject({ kind: z.enum(relationKinds), otherBankId: id.optional() });
/** The first day on which they are no longer related. */
export const relationEnd = z.strictObject({ on: localDay });
export const relation = z.object({ memberId: id, otherMemberId: id, kind: z.enum(relationKinds) });
/** A name or a birth date that was put right, the newest first. */
const memberCorrection = z.object({
  field: z.enum(['name', 'birthDate']),
  before: z.string(),
  after: z.string(),
  reasonCode: z.string().nullable(),
  note: z.string().nullable(),
  byName: z.string().nullable(),
  at: instant,
});
export const memberCorrections = z.object({ items: z.array(memberCorrection) });

/** A relation that nobody has confirmed yet, as a bank sees it: `memberId` is its own, and has the other as `kind`. */
const waitingRelation = z.object({
  memberId: id,
  memberName: z.string(),
  otherMemberId: id,
  otherName: z.string().nullable(),
  /** The bank of a relative elsewhere, which recorded it. */
  otherBankName: z.string().nullable(),
  kind: z.enum(relationKinds),
  recordedAt: instant,
  recordedByName: z.string().nullable(),
  isOwn: z.boolean(),
  mayConfirm: z.boolean(),
});
export const waitingRelationQuery = z.strictObject(page);
export const waitingRelations = listOf(waitingRelation);
export const qualificationInput = z.strictObject({ validUntil: localDay });
export const qualification = z.object({ memberId: id, code: z.string(), validUntil: localDay });

export const exemptionInput = z.strictObject({ validUntil: localDay, note: line(200) });
export const exemption = z.object({ memberId: id, code: z.string(), validUntil: localDay, note: z.string() });
export const block = z.object({ memberId: id, otherMemberId: id });
/** Which of the two asked is not kept. */
export const blocks = listOf(z.object({ memberId: id, name: z.string().nullable(), recordedAt: instant }));

/** `svg` is markup, `pdf` base64. Only this answer ever carries them: the token is not kept. */
const cardLine = z.object({ cardId: id, version, issuedAt: instant, revokedAt: instant.nullable() });
/** Cards that the new one replaces: revoked in the same act. Without any, older cards stay valid beside it. */
export const cardInput = z.strictObject({ revokeCardIds: z.array(id).max(50).optional() });
export const card = z.object({
  cardId: id,
  version,
  url: z.string(),
  code: z.string(),
  svg: z.string(),
  pdf: z.string(),
  /** Every card that opens this client's visits from now on, the new one first. */
  validCards: z.array(z.object({ cardId: id, version, issuedAt: instant })),
});
/** As many cards as one sheet holds. */
export const mostCardsOfSheet = 100;
/** The first of them by name, as many as one sheet holds, and how many there are. */
export const cardless = z.object({
  clients: z.int(),
  items: z.array(z.object({ memberId: id, memberNumber: z.string(), name: z.string(), homeAddress: z.string().nullable() })),
});
/** Who gets a card on one sheet. Clients who hold a valid one are left out. */
export const cardSheetInput = z.strictObject({ clientIds: z.array(id).min(1).max(mostCardsOfSheet) });
const cardOfSheet = z.object({ clientId: id, cardId: id, version });
/**
 * `pdf` is base64: the cards, four a page, and before them a list of whose each is. Only this answer ever carries them. Asked for again, `cards` are those
 * that were made in the place of others of this sheet, and `kept` those that were not, and why.
 */
export const cardSheet = z.object({
  cards: z.array(cardOfSheet),
  kept: z.array(cardOfSheet.extend({ why: z.enum(['scanned', 'revoked', 'not_a_client']) })),
  /** How many clients held a valid card before this sheet. */
  left: z.int(),
  pdf: z.string(),
});
/** Sheets of which nobody has said yet that they were saved. The same ids in the same order make one again. */
export const cardSheets = z.object({
  items: z.array(
    z.object({
      sheetId: id,
      clientIds: z.array(id),
      cards: z.int(),
      /** Who made it last; the name is null for somebody who is no member here. */
      madeBy: id,
      madeByName: z.string().nullable(),
      madeAt: instant,
    }),
  ),
});
export const cards = listOf(cardLine).extend({
  /** Where a card issued now would point; a LAN address when PUBLIC_URL is not set. */
  origin: z.string(),
  originIsPublic: z.boolean(),
  /** Letters of the bank's name that no font has: on a card each is its number in Unicode. */
  unprintable: z.array(z.string()),
});

/** What a card's page shows without a sign-in: which bank it is, and whom to call. */
export const cardPlace = z.object({
  bankId: id,
  bankName: z.string(),
  bankPhone: z.string(),
  revoked: z.boolean(),
  /** The caller's own visit at this card's home, within a day, and what scanning would do; null for everyone else. */
  visit: z
    .object({
      visitId: id,
      next: z.enum(['in', 'out']),
      clientName: z.string(),
      plannedStart: instant,
      capturedIn: instant.nullable(),
      /** The request's place, else the client's home. */
      place: z.string().nullable(),
      note: z.string().nullable(),
    })
    .nullable(),
});

export type MemberInput = z.infer<typeof memberInput>;
export type MemberPatch = z.infer<typeof memberPatch>;
export type Member = z.infer<typeof member>;
export type MemberLine = z.infer<typeof memberLine>;
export type MemberQuery = z.infer<typeof memberQuery>;
export type Circumstance = (typeof circumstanceCodes)[number];
export type LeavingReason = (typeof leavingReasons)[number];
export type RelationKind = (typeof relationKinds)[number];
export type Relation = z.infer<typeof relation>;
export type Qualification = z.infer<typeof qualification>;
export type Exemption = z.infer<typeof exemption>;
export type ExemptionInput = z.infer<typeof exemptionInput>;
export type Block = z.infer<typeof block>;
export type Card = z.infer<typeof card>;
export type CardInput = z.infer<typeof cardInput>;
export type CardLine = z.infer<typeof cardLine>;
export type CardSheetInput = z.infer<typeof cardSheetInput>;
export type CardSheetAnswer = z.infer<typeof cardSheet>;
export type CardSheets = z.infer<typeof cardSheets>;
export type Cardless = z.infer<typeof cardless>;
export type Cards = z.infer<typeof cards>;
export type CardPlace = z.infer<typeof cardPlace>;
export type WaitingRelationQuery = z.infer<typeof waitingRelationQuery>;
export type WaitingRelation = z.infer<typeof waitingRelation>;
