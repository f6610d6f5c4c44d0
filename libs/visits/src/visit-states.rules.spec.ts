import { describe, expect, it } from '@jest/globals';
import { visitStates } from '@timebank/contract';
import { faultsOf, mayBegin, mayMove, moves, targetOfScan } from './visit-states.rules';

const at = new Date('2026-03-02T01:00:00Z');

describe('the states of a visit', () => {
  it('have no dead end and none that is never reached', () => {
    expect(faultsOf(moves)).toEqual([]);
  });

  it('are found faulty when one leads nowhere, is never reached or goes on after its end', () => {
    expect(faultsOf(moves.filter(([from]) => from !== 'needs_ack'))).toContain('needs_ack has no end');
    expect(faultsOf(moves.filter(([, to]) => to !== 'cancelled'))).toContain('cancelled is never reached');
    expect(faultsOf([...moves, ['approved', 'ready', ['coordinator']]])).toContain('approved is an end and goes on');
  });

  it('let nobody but a coordinator decide, and nobody start what is decided', () => {
    expect(mayMove('ready', 'approved', 'coordinator')).toBe(true);
    expect(mayMove('ready', 'approved', 'volunteer')).toBe(false);
    expect(mayMove('planned', 'approved', 'coordinator')).toBe(false);
    expect(mayMove('approved', 'in_progress', 'volunteer')).toBe(false);
  });

  it("list what the client's word and a coordinator's hand do to a visit that waits, and leave a clean one its scans", () => {
    for (const state of ['ready', 'needs_ack', 'needs_fix'] as const) {
      expect([mayMove(state, 'ended', 'client'), mayMove(state, 'ended', 'caller')]).toEqual([true, true]);
    }
    expect(mayMove('needs_ack', 'ended', 'coordinator')).toBe(true);
    expect(mayMove('ready', 'ended', 'coordinator')).toBe(false);
    expect(mayMove('needs_ack', 'approved', 'rules')).toBe(false);
  });

  it('begin as planned, or as over when a coordinator records it afterwards', () => {
    expect(visitStates.filter((state) => mayBegin(state, 'coordinator'))).toEqual(['planned', 'ended']);
    expect(visitStates.filter((state) => mayBegin(state, 'volunteer'))).toEqual(['planned']);
    expect(visitStates.filter((state) => mayBegin(state, 'client') || mayBegin(state, 'clock'))).toEqual([]);
  });
});

describe('where a scan takes a visit', () => {
  const fresh = { capturedIn: null, capturedOut: null };

  it.each([
    ['planned', fresh, 'in', false, 'in_progress'],
    ['planned', fresh, 'out', false, 'ended'],
    ['in_progress', { capturedIn: at, capturedOut: null }, 'out', false, 'ended'],
    ['in_progress', { capturedIn: at, capturedOut: null }, 'in', false, null],
    ['needs_fix', { capturedIn: null, capturedOut: at }, 'in', false, null],
    ['needs_fix', { capturedIn: null, capturedOut: at }, 'in', true, 'ended'],
    ['needs_fix', { capturedIn: at, capturedOut: null }, 'out', false, null],
    ['needs_fix', { capturedIn: at, capturedOut: null }, 'out', true, 'ended'],
    ['ready', { capturedIn: at, capturedOut: at }, 'out', true, null],
    ['cancelled', fresh, 'in', true, null],
    ['approved', { capturedIn: at, capturedOut: null }, 'out', true, null],
  ] as const)('%s %j, %s, offline %s: %s', (state, captured, kind, offline, target) => {
    expect(targetOfScan({ state, class: 'verified', ...captured }, kind, offline)).toBe(target);
  });

  it('nowhere once its times were entered by hand', () => {
    expect(targetOfScan({ state: 'needs_fix', class: 'manual', ...fresh }, 'in', true)).toBeNull();
  });
});
