import { describe, expect, it } from '@jest/globals';
import type { VisitState } from '@timebank/contract';
import { mayKnow } from './needs.rules';

const at = (time: string) => new Date(`2026-03-${time}:00+08:00`);
const visit = (state: VisitState) => ({ state, plannedStart: at('10T09:00'), plannedEnd: at('10T10:00') });
const shown = (time: string, state: VisitState = 'planned') => mayKnow(visit(state), at(time), 'Asia/Shanghai');

describe('what a helper has to know', () => {
  it('is shown from the day before until the end of the plan', () => {
    expect(['08T23:59', '09T00:00', '10T09:30', '10T09:59', '10T10:00'].map((time) => shown(time))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('is shown on while the visit goes on, for some hours at most and not days before, and never once it has ended or was called off', () => {
    expect(['08T09:00', '09T00:00', '10T12:00', '10T15:59', '10T16:00'].map((time) => shown(time, 'in_progress'))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect((['ended', 'ready', 'approved', 'cancelled', 'no_show'] as const).map((state) => shown('10T09:30', state))).toEqual(
      Array.from({ length: 5 }, () => false),
    );
  });
});
