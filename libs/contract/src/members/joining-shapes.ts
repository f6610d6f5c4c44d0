import { z } from 'zod';
import type { RouteName } from '../paths';
import { question } from '../primitives';
import type { Shape } from '../shape';
import * as joining from './joining.messages';

/** The number of a bank as posters say it, or its id. */
const bank = question(60);

/** Coming by oneself, and what one lets be done with what is known of one. */
export const joiningShapes = {
  showJoining: { params: { bank }, answer: joining.joiningBank, summary: 'Which bank somebody would join' },
  requestJoiningCode: {
    params: { bank },
    body: joining.joiningCodeInput,
    answer: joining.joiningCode,
    kind: 'create',
    secret: true,
    summary: 'Ask for a code that proves a phone, to join',
  },
  putApplication: { params: { bank }, body: joining.applicationInput, answer: joining.applied, kind: 'put', summary: 'Ask to join a bank' },
  listApplications: { query: joining.applicationQuery, answer: joining.applications, summary: 'Who asked to join, the oldest first' },
  checkApplication: {
    body: joining.checkInput,
    answer: joining.applied,
    summary: 'Say that one has seen somebody who asks to join, or their papers',
  },
  acceptApplication: {
    body: joining.acceptInput,
    answer: z.object({ memberId: joining.applied.shape.applicationId }),
    summary: 'Take somebody in',
  },
  refuseApplication: { body: joining.refuseInput, answer: joining.applied, summary: 'Refuse somebody who asks to join' },
  listConsents: { answer: joining.consents, summary: 'What I let be done with what is known of me' },
  putConsent: {
    params: { purpose: z.enum(joining.consentPurposes) },
    body: joining.consentInput,
    answer: joining.consent,
    kind: 'put',
    summary: 'Let something be done with what is known of me, or no longer',
  },
} satisfies Partial<Record<RouteName, Shape>>;
