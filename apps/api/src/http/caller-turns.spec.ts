import { describe, expect, it } from '@jest/globals';
import { CallerTurns } from './caller-turns';

describe('turns of each caller', () => {
  const bounds = { callsOfCallerAtOnce: 2, callsOfCallerWaiting: 2, costlyOfPersonInHand: 1 };
  const tooMany = (retryAfterSeconds: number) => expect.objectContaining({ code: 'request/too_many', parameters: { retryAfterSeconds } });
  /** Notes whose turn has come. */
  function door(turns: CallerTurns) {
    const inside: string[] = [];
    const enter = (caller: string, call: string) =>
      turns.take(caller, false).then((end) => {
        inside.push(call);
        return end;
      });
    return { inside, enter };
  }
  const settled = async () => {
    for (let round = 0; round < 10; round += 1) await Promise.resolve();
  };

  it("A3: one caller's burst waits for itself, in its order, and for nobody else", async () => {
    const turns = new CallerTurns(bounds);
    const { inside, enter } = door(turns);
    const calls = ['a', 'b', 'c', 'd'].map((call) => enter('one', call));
    await enter('other', 'x');
    expect(inside).toEqual(['a', 'b', 'x']);
    const end = await (calls[0] as Promise<() => void>);
    end();
    end();
    await settled();
    expect(inside).toEqual(['a', 'b', 'x', 'c']);
    (await (calls[1] as Promise<() => void>))();
    await settled();
    expect(inside).toEqual(['a', 'b', 'x', 'c', 'd']);
  });

  it('A3: refuses what more than may wait, and costly calls past their number, which take no turn of the others', async () => {
    const turns = new CallerTurns(bounds);
    const { inside, enter } = door(turns);
    const ends = [await turns.take('one', true)];
    await expect(turns.take('one', true)).rejects.toEqual(tooMany(2));
    const calls = ['a', 'b', 'c', 'd'].map((call) => enter('one', call));
    await expect(turns.take('one', false)).rejects.toEqual(tooMany(1));
    await settled();
    expect(inside).toEqual(['a', 'b']);
    for (const call of calls) (await call)();
    for (const end of ends) end();
    expect(turns.known).toBe(0);
    (await turns.take('one', true))();
    expect(turns.known).toBe(0);
  });

  it('A3: whoever does not wait any longer leaves the queue, and takes nobody else along', async () => {
    const turns = new CallerTurns(bounds);
    const ends = [await turns.take('one', false), await turns.take('one', false)];
    let leave: () => void = () => undefined;
    const third = turns.take('one', false, (given) => (leave = given));
    const fourth = turns.take('one', false);
    leave();
    await expect(third).rejects.toEqual(tooMany(1));
    ends[0]?.();
    (await fourth)();
    leave();
    ends[1]?.();
    expect(turns.known).toBe(0);
  });
});
