import { z } from 'zod';
import * as access from '../access/access.messages';
import type { RouteName } from '../paths';
import { empty, page } from '../primitives';
import type { Shape } from '../shape';
import * as availability from './availability.messages';
import { disclosureShapes } from './disclosure-shapes';
import { joiningShapes } from './joining-shapes';
import * as members from './members.messages';

const code = members.qualificationCode;
const saysWhen = {
  body: availability.availabilityInput,
  /** Every slot, pause, language and kind that there may be, indented. */
  largestBody: { bytes: 65_536, values: 1_024 },
  answer: availability.availability,
  kind: 'put',
} as const;

/** What somebody may do for whom: qualifications, exemptions, who is not to meet again; and who looked at what few may see. */
export const helpingShapes = {
  ...disclosureShapes,
  ...joiningShapes,
  putQualification: {
    params: { code },
    body: members.qualificationInput,
    answer: members.qualification,
    kind: 'put',
    summary: 'Record a qualification',
  },
  putExemption: {
    params: { code },
    body: members.exemptionInput,
    answer: members.exemption,
    kind: 'put',
    summary: 'Let a member do without a qualification through a day',
  },
  listBlocks: { query: z.strictObject(page), answer: members.blocks, summary: 'Whom a member is not to meet again' },
  putBlock: { body: empty.optional(), answer: members.block, kind: 'put', summary: 'Let two people not meet again' },
  deleteBlock: { answer: access.done, summary: 'Let two people meet again' },
  getAvailability: { answer: availability.availability, summary: 'When and how I would help' },
  putAvailability: { ...saysWhen, summary: 'Say when and how I would help' },
  getMemberAvailability: { answer: availability.availability, summary: 'When and how a member would help' },
  putMemberAvailability: { ...saysWhen, summary: 'Take down when and how a member would help' },
} satisfies Partial<Record<RouteName, Shape>>;
