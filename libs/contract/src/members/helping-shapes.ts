import { z } from 'zod';
import * as access from '../access/access.messages';
import type { RouteName } from '../paths';
import { empty, page } from '../primitives';
import type { Shape } from '../shape';
import * as members from './members.messages';

const code = members.qualificationCode;

/** What somebody may do for whom: qualifications, exemptions, who is not to meet again. */
export const helpingShapes = {
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
} satisfies Partial<Record<RouteName, Shape>>;
