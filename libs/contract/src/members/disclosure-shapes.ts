import type { RouteName } from '../paths';
import type { Shape } from '../shape';
import * as disclosures from './disclosures.messages';
import * as needs from './needs.messages';

/** What few may see of somebody, and who looked at it. */
export const disclosureShapes = {
  listOwnDisclosures: {
    query: disclosures.ownDisclosureQuery,
    answer: disclosures.disclosures,
    summary: 'Who was shown what few may see of me, newest first',
  },
  listDisclosures: {
    query: disclosures.disclosureQuery,
    answer: disclosures.disclosures,
    summary: 'Who was shown what few may see of a member or of the bank, newest first',
  },
  getNeeds: { answer: needs.needs, summary: 'What a helper has to know of a client; a look by others is kept' },
  putNeeds: { body: needs.needsInput, answer: needs.needs, kind: 'put', summary: 'Write down what a helper has to know' },
  getVisitNeeds: {
    answer: needs.visitNeeds,
    summary: 'What I have to know of the client I help, from the day before until the end; each look is kept',
  },
} satisfies Partial<Record<RouteName, Shape>>;
