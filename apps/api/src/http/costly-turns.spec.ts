import { describe, expect, it } from '@jest/globals';
import { CostlyTurns, type Turn } from './costly-turns';

describe('turns at costly work', () => {
  const bounds = { costlyAtOnce: 3, costlyWaiting: 4, costlyOfPersonAtOnce: 2, costlyOfPersonInHand: 4, costlyOfPersonAMinute: 6 };
  const tooMany = (retryAfterSeconds: number) => expect.objectContaining({ code: 'request/too_many', parameters: { retryAfterSeconds } });
  /** Notes who has come in. */
  function door(turns: CostlyTurns) {
    const inside: string[] = [];
    const enter = (personId: string): Promise<Turn> =>
      turns.take(personId).then((turn) => {
        inside.push(personId);
        return turn;
      });
    return { inside, enter };
  }
  const finish = (turn: Turn | undefined) => {
    turn?.worked();
    turn?.over();
  };
  const settled = async () => {
    for (let round = 0; round < 10; round += 1) await Promise.resolve();
  };

  it('A3: lets in few at once, fewer of one person, and others past those who wait for themselves', async () => {
    const { inside, enter } = door(new CostlyTurns(bounds));
    const [first] = [await enter('one'), await enter('one')];
    const third = enter('one');
    await enter('other');
    const fourth = enter('third');
    await settled();
    expect(inside).toEqual(['one', 'one', 'other']);
    first.worked();
    await third;
    expect(inside).toEqual(['one', 'one', 'other', 'one']);
    finish(await third);
    finish(await third);
    await fourth;
    expect(inside).toEqual(['one', 'one', 'other', 'one', 'third']);
  });

  it('A3: refuses what is more than may be in hand, wait, or be asked for in a minute, and says when to come again', async () => {
    let now = 0;
    const turns = new CostlyTurns(bounds, () => now);
    const { enter } = door(turns);
    const held = [enter('one'), enter('one'), enter('one'), enter('one')];
    await expect(enter('one')).rejects.toEqual(tooMany(2));
    const others = ['a', 'b', 'c'].map(enter);
    await expect(enter('d')).rejects.toEqual(tooMany(5));
    const [first, second] = [await held[0], await held[1]];
    finish(first);
    finish(second);
    now = 30_000;
    const fifth = enter('one');
    finish(await held[2]);
    const sixth = enter('one');
    finish(await held[3]);
    await settled();
    await expect(enter('one')).rejects.toEqual(tooMany(30));
    for (const other of others) finish(await other);
    now = 60_001;
    finish(await fifth);
    finish(await sixth);
    finish(await enter('one'));
  });

  it('A3: a caller who leaves makes no room for more work: what they began goes on', async () => {
    const { inside, enter } = door(new CostlyTurns({ ...bounds, costlyAtOnce: 1 }));
    const first = await enter('one');
    void enter('other');
    first.over();
    await settled();
    expect(inside).toEqual(['one']);
    first.worked();
    await settled();
    expect(inside).toEqual(['one', 'other']);
  });
});
