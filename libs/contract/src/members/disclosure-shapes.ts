import type { RouteName } from '../paths';
import type { Shape } from '../shape';
import * as disclosures from './disclosures.messages';

/** Who looked at what few may see. */
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
} satisfies Partial<Record<RouteName, Shape>>;
