import { describe, expect, it } from '@jest/globals';
import { firstScanState, nextScanState, type ScanEvent, type ScanState } from './scan.machine';

const play = (events: ScanEvent[], from: ScanState = firstScanState) => events.reduce(nextScanState, from);
const seen = (card: string, at = 0): ScanEvent => ({ type: 'card seen', card, via: 'camera', at });
const typed = (card: string): ScanEvent => ({ type: 'card seen', card, via: 'typed', at: 0 });
const opened: ScanEvent = { type: 'camera opened' };

describe('scanning', () => {
  it('sends the first card that the camera sees, once', () => {
    const sending = play([opened, seen('AAAA')]);
    expect(sending).toMatchObject({ step: 'sending', card: 'AAAA', via: 'camera' });
    expect(play([seen('AAAA'), seen('BBBB'), typed('CCCC')], sending)).toBe(sending);
    expect(play([{ type: 'taken' }], sending).step).toBe('done');
  });

  it('sees nothing before the camera is open, but takes a typed code', () => {
    expect(play([seen('AAAA')]).step).toBe('starting');
    expect(play([typed('AAAA')]).step).toBe('sending');
  });

  it('goes from an unknown card to the right one, and does not send the unknown one over and over', () => {
    const refused = play([opened, seen('WRONG', 0), { type: 'refused', code: 'visits/unknown_card', at: 100 }, opened]);
    expect(refused).toMatchObject({ step: 'looking', refusedCode: 'visits/unknown_card' });
    expect(play([seen('WRONG', 200)], refused).step).toBe('looking');
    expect(play([seen('WRONG', 9_000)], refused).step).toBe('sending');
    expect(play([seen('RIGHT', 200)], refused)).toMatchObject({ step: 'sending', card: 'RIGHT', refusedCode: null });
  });

  it('sends a typed code again at once when the person insists', () => {
    const refused = play([typed('AAAA'), { type: 'refused', code: 'visits/unknown_card', at: 100 }]);
    expect(play([typed('AAAA')], refused).step).toBe('sending');
  });

  it('goes on without a camera when there is none', () => {
    const blocked = play([{ type: 'camera failed', trouble: 'denied' }]);
    expect(blocked).toMatchObject({ step: 'blocked', trouble: 'denied' });
    const refused = play([typed('AAAA'), { type: 'refused', code: 'visits/wrong_card', at: 0 }], blocked);
    expect(refused).toMatchObject({ step: 'blocked', refusedCode: 'visits/wrong_card' });
    expect(play([{ type: 'camera wanted' }], blocked)).toMatchObject({ step: 'starting', trouble: null });
  });

  it('rests while the page is hidden and opens the camera again afterwards', () => {
    expect(play([opened, { type: 'hidden' }]).step).toBe('paused');
    expect(play([opened, { type: 'hidden' }, { type: 'shown' }]).step).toBe('starting');
    expect(play([opened, seen('AAAA'), { type: 'hidden' }]).step).toBe('sending');
  });

  it('keeps a scan that got no answer on the screen until it is sent again', () => {
    const unsent = play([opened, seen('AAAA'), { type: 'no answer' }]);
    expect(unsent).toMatchObject({ step: 'unsent', card: 'AAAA' });
    expect(play([seen('BBBB'), typed('BBBB'), { type: 'hidden' }], unsent)).toBe(unsent);
    expect(play([{ type: 'sent again' }], unsent)).toMatchObject({ step: 'sending', card: 'AAAA' });
  });

  it('says so when a code is no service card and keeps looking', () => {
    expect(play([opened, { type: 'foreign code seen', at: 0 }])).toMatchObject({ step: 'looking', refusedCode: 'foreign' });
  });

  it('is over once the scan was taken', () => {
    const done = play([opened, seen('AAAA'), { type: 'taken' }]);
    const late: ScanEvent[] = [opened, seen('BBBB'), { type: 'no answer' }, { type: 'refused', code: 'x', at: 0 }, { type: 'shown' }];
    expect(play(late, done)).toBe(done);
  });

  it('goes from a foreign code to an unknown card, to the right one, and hears of it no more', () => {
    const events: ScanEvent[] = [
      opened,
      { type: 'foreign code seen', at: 0 },
      seen('WRONG', 10),
      { type: 'refused', code: 'visits/unknown_card', at: 20 },
      opened,
      seen('WRONG', 30),
      { type: 'foreign code seen', at: 40 },
      seen('RIGHT', 50),
      { type: 'taken' },
      seen('RIGHT', 60),
      seen('WRONG', 9_000),
    ];
    const steps = events.map((_, index) => play(events.slice(0, index + 1))).map(({ step, refusedCode }) => [step, refusedCode]);
    expect(steps).toEqual([
      ['looking', null],
      ['looking', 'foreign'],
      ['sending', null],
      ['starting', 'visits/unknown_card'],
      ['looking', 'visits/unknown_card'],
      ['looking', 'visits/unknown_card'],
      ['looking', 'foreign'],
      ['sending', null],
      ['done', null],
      ['done', null],
      ['done', null],
    ]);
  });

  it.each([
    ['busy', 'starting'],
    ['interrupted', 'starting'],
    ['denied', 'blocked'],
    ['none', 'blocked'],
    ['insecure', 'blocked'],
    ['unsupported', 'blocked'],
    ['unreadable', 'blocked'],
    ['untouched', 'blocked'],
  ] as const)('with a camera that was %s, coming back to the page leads to %s', (trouble, step) => {
    expect(play([{ type: 'camera failed', trouble }, { type: 'hidden' }, { type: 'shown' }]).step).toBe(step);
  });

  const at: Record<ScanState['step'], ScanEvent[]> = {
    starting: [],
    looking: [opened],
    paused: [opened, { type: 'hidden' }],
    blocked: [{ type: 'camera failed', trouble: 'denied' }],
    sending: [opened, seen('AAAA')],
    unsent: [opened, seen('AAAA'), { type: 'no answer' }],
    done: [opened, seen('AAAA'), { type: 'taken' }],
  };
  const every: [name: string, event: ScanEvent, leads: Partial<Record<ScanState['step'], ScanState['step']>>][] = [
    ['camera opened', opened, { starting: 'looking' }],
    ['camera failed', { type: 'camera failed', trouble: 'busy' }, { starting: 'blocked', looking: 'blocked' }],
    ['camera wanted', { type: 'camera wanted' }, { blocked: 'starting' }],
    ['hidden', { type: 'hidden' }, { starting: 'paused', looking: 'paused' }],
    ['shown', { type: 'shown' }, { paused: 'starting' }],
    ['seen by the camera', seen('BBBB'), { looking: 'sending' }],
    ['typed', typed('BBBB'), { starting: 'sending', looking: 'sending', blocked: 'sending' }],
    ['foreign code', { type: 'foreign code seen', at: 0 }, {}],
    ['taken', { type: 'taken' }, { sending: 'done' }],
    ['refused', { type: 'refused', code: 'visits/wrong_card', at: 0 }, { sending: 'starting' }],
    ['no answer', { type: 'no answer' }, { sending: 'unsent' }],
    ['sent again', { type: 'sent again' }, { unsent: 'sending' }],
  ];
  it.each(every)('%s: leads on from its own steps and leaves every other as it is', (_, event, leads) => {
    for (const [step, events] of Object.entries(at) as [ScanState['step'], ScanEvent[]][]) {
      const before = play(events);
      expect(before.step).toBe(step);
      expect([step, nextScanState(before, event).step]).toEqual([step, leads[step] ?? step]);
    }
  });
});
