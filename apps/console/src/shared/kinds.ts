import { createKindNames } from '@timebank/web-kit';
import { keep } from './display';

export const kindNames = createKindNames(keep);
