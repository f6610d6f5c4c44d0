import { z } from 'zod';
import type { RouteName } from '../paths';
import { page } from '../primitives';
import { media, type Shape } from '../shape';
import * as insurances from './insurance.messages';

/** What a bank's volunteers are insured by. */
export const insuranceShapes = {
  listInsurances: { query: z.strictObject(page), answer: insurances.insurances, summary: "A bank's insurances, the latest to end first" },
  putInsurance: {
    body: insurances.insuranceInput,
    // Two hundred kinds, as a script may write them.
    largestBody: { bytes: 65_536, values: 1_000 },
    answer: insurances.insurance,
    kind: 'put',
    summary: 'Record an insurance, correct it, or end it before its time',
  },
  insuredCsv: {
    query: insurances.insuredQuery,
    answer: null,
    media: media.csv,
    costly: true,
    summary: 'Who helps on a day, and what they are insured by, as CSV; who took it is kept',
  },
} satisfies Partial<Record<RouteName, Shape>>;
