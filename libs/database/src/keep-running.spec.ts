import { describe, expect, it } from '@jest/globals';
import { keepRunning } from './keep-running';

describe('Postgres that is kept running', () => {
  const said: string[] = [];
  /** Ends at once whenever it runs, and starts as the list says; it is over when the list is. */
  const server = (starts: (string | null)[]) => ({
    untilEnded: async () => undefined,
    start: async () => {
      const fault = starts.shift();
      if (fault) throw new Error(fault);
    },
    isOver: () => starts.length === 0,
    say: (text: string) => said.push(text),
  });

  it('F7: is started again as often as it ends, a failed start is said and tried again, and pauses double up to the longest', async () => {
    await keepRunning(server([null, null, 'The disk is full', 'The disk is full', null, null]), {
      firstPause: 2,
      longestPause: 5,
      sound: 60_000,
    });
    expect(said).toEqual([
      'Postgres ended by itself; starting it again.',
      'Postgres ended by itself; starting it again in 0.002 s.',
      'Postgres ended by itself; starting it again in 0.004 s.',
      'The disk is full; starting it again in 0.005 s.',
      'The disk is full; starting it again in 0.005 s.',
      'Postgres ended by itself; starting it again in 0.005 s.',
    ]);
  });

  it('F7: that ran soundly is started again at once', async () => {
    said.length = 0;
    await keepRunning(server([null, null]), { firstPause: 2, longestPause: 5, sound: -1 });
    expect(new Set(said)).toEqual(new Set(['Postgres ended by itself; starting it again.']));
  });
});
