import type { RouteName } from '../paths';
import { kindCode } from '../requests/kinds.messages';
import type { Shape } from '../shape';
import * as risks from './risk.messages';

const reads = { params: { serviceKind: kindCode }, body: risks.riskReadingInput, answer: risks.riskReading, kind: 'put' } as const;

/** Risks that helpers know. */
export const riskShapes = {
  putRiskReading: { ...reads, summary: 'Say that I have read the risks of a kind of service' },
  putMemberRiskReading: { ...reads, summary: 'Record that the risks of a kind of service were read out to a member' },
} satisfies Partial<Record<RouteName, Shape>>;
