import { z } from 'zod';
import { reason } from '../access/acts.messages';
import { relationKinds } from '../members/members.messages';
import { id, instant, listOf, localMonthText, minutes, page, search } from '../primitives';

export const accountKinds = ['member', 'pool', 'honour', 'fund', 'issuance', 'clearing'] as const;
export const transferKinds = [
  'service',
  'teaching',
  'activity',
  'overflow',
  'grant',
  'issue',
  'gift',
  'donation',
  'clearing',
  'opening',
  'settlement',
  'reversal',
] as const;
export const transferClasses = ['verified', 'manual'] as const;

export const account = z.object({
  accountId: id,
  bankId: id,
  kind: z.enum(accountKinds),
  ownerId: id.nullable(),
  ownerName: z.string().nullable(),
  balanceMinutes: z.int(),
  heldMinutes: z.int(),
  ceilingMinutes: z.int().nullable(),
  /** From this balance on its owner is warned that the ceiling is near (policy `limitWarningPercent`). */
  warnAtMinutes: z.int().nullable(),
});

/** `minutes` is signed from the account's side; `balanceAfterMinutes` runs with it. */
const entry = z.object({
  transferId: id,
  kind: z.enum(transferKinds),
  class: z.enum(transferClasses).nullable(),
  minutes: z.int(),
  balanceAfterMinutes: z.int(),
  at: instant,
  visitId: id.nullable(),
  /** Of its visit. */
  serviceKind: z.string().nullable(),
  reversesId: id.nullable(),
  otherAccountId: id,
  otherAccountKind: z.enum(accountKinds),
  otherName: z.string().nullable(),
  /** For what a person moved by hand: who, why, and who had asked for it first where two were needed. The note is for staff. */
  byHand: z
    .object({
      name: z.string().nullable(),
      firstName: z.string().nullable(),
      needsTwo: z.boolean(),
      reasonCode: z.string().nullable(),
      note: z.string().nullable(),
    })
    .nullable(),
});
export const entries = listOf(entry);
export const entryQuery = z.strictObject({
  ...page,
  kind: z.enum(transferKinds).optional(),
  class: z.enum(transferClasses).optional(),
  month: localMonthText.optional(),
});

export const accountQuery = z.strictObject({ ...page, ...search, kind: z.enum(accountKinds).optional() });
export const accounts = listOf(account);

export const transferInput = z.strictObject({
  kind: z.enum(['grant', 'gift', 'donation', 'reversal']),
  fromAccountId: id,
  toAccountId: id,
  minutes,
  toBankId: id.optional(),
  reversesId: id.optional(),
  ...reason,
});
export const transfer = z.object({
  transferId: id,
  bankId: id,
  kind: z.enum(transferKinds),
  class: z.enum(transferClasses).nullable(),
  fromAccountId: id,
  toAccountId: id,
  minutes: z.int(),
  at: instant,
  visitId: id.nullable(),
  reversesId: id.nullable(),
});

/** Why nothing can be given to a relative: nobody has confirmed the relation yet, it is not one for gifts, or they are too young. */
const givingRefusals = ['not_confirmed', 'not_a_relative', 'too_young'] as const;
/** What the owner of an account needs to know before they give. `accountId` is where a gift to them goes; null if none can. */
export const giving = z.object({
  accountId: id,
  poolAccountId: id,
  relatives: z.array(
    z.object({
      memberId: id,
      bankId: id,
      name: z.string().nullable(),
      kind: z.enum(relationKinds),
      accountId: id.nullable(),
      refusal: z.enum(givingRefusals).nullable(),
    }),
  ),
});

export const trialBalance = z.object({
  sumMinutes: z.int(),
  accounts: z.array(
    z.object({
      accountId: id,
      kind: z.enum(accountKinds),
      ownerName: z.string().nullable(),
      balanceMinutes: z.int(),
      heldMinutes: z.int(),
    }),
  ),
});

export type AccountKind = (typeof accountKinds)[number];
export type TransferKind = (typeof transferKinds)[number];
export type TransferClass = (typeof transferClasses)[number];
export type Account = z.infer<typeof account>;
export type AccountQuery = z.infer<typeof accountQuery>;
export type Entry = z.infer<typeof entry>;
export type EntryQuery = z.infer<typeof entryQuery>;
export type Giving = z.infer<typeof giving>;
export type TransferInput = z.infer<typeof transferInput>;
export type Transfer = z.infer<typeof transfer>;
export type TrialBalance = z.infer<typeof trialBalance>;
