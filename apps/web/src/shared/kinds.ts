import { createKindNames } from '@timebank/web-kit';
import { keep } from './i18n';

export const kindNames = createKindNames(keep);
