import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { drawOf, lotOf, sealOf } from './draw.rules';
import { movesUp, nextPlace } from './places.rules';

const seed = 'a5'.repeat(32);
const tickets = (count: number) => Array.from({ length: count }, (_, index) => ({ ticket: index + 1 }));
const placed = (of: string, count: number, places: number) =>
  drawOf(of, tickets(count), places).flatMap(({ entry, state }) => (state === 'placed' ? [entry.ticket] : []));

describe('the draw', () => {
  it('can be done again by anybody who has seed and tickets', () => {
    const bySha = (text: string) => createHash('sha256').update(text).digest('hex');
    const order = tickets(9)
      .map(({ ticket }) => ({ ticket, lot: bySha(`${seed} ${ticket}`) }))
      .sort((one, other) => one.lot.localeCompare(other.lot))
      .map(({ ticket }) => ticket);
    const drawn = drawOf(seed, tickets(9), 4);
    expect(drawn.map(({ entry }) => entry.ticket)).toEqual(order);
    expect(drawn.map(({ state, turn }) => [state, turn])).toEqual([
      ...Array.from({ length: 4 }, () => ['placed', null]),
      ...[1, 2, 3, 4, 5].map((turn) => ['waiting', turn]),
    ]);
    expect([lotOf(seed, 1), sealOf(seed).toString('hex')]).toEqual([bySha(`${seed} 1`), bySha(seed)]);
  });

  it('does not care in which order the tickets lie in the pot', () => {
    expect(drawOf(seed, tickets(9).toReversed(), 4)).toEqual(drawOf(seed, tickets(9), 4));
  });

  it('gives everybody a place where there are enough, and nobody two', () => {
    expect(placed(seed, 4, 4).sort()).toEqual([1, 2, 3, 4]);
    expect([placed(seed, 0, 4), placed(seed, 3, 8).length]).toEqual([[], 3]);
  });

  it('favours no ticket: over many seeds each is drawn about as often', () => {
    const often = new Map<number, number>();
    for (let turn = 0; turn < 2_000; turn += 1)
      for (const ticket of placed(lotOf(seed, turn), 10, 3)) often.set(ticket, (often.get(ticket) ?? 0) + 1);
    // 600 are expected of each; 5 deviations of a fair draw are 103.
    expect([...often.values()].every((count) => Math.abs(count - 600) < 103)).toBe(true);
    expect(often.size).toBe(10);
  });
});

describe('places and those who wait', () => {
  it.each([
    [
      { places: 2, placed: 1, lastTurn: 0 },
      { state: 'placed', turn: null },
    ],
    [
      { places: 2, placed: 2, lastTurn: 0 },
      { state: 'waiting', turn: 1 },
    ],
    [
      { places: 2, placed: 2, lastTurn: 4 },
      { state: 'waiting', turn: 5 },
    ],
    [
      { places: 2, placed: 1, lastTurn: 4 },
      { state: 'waiting', turn: 5 },
    ],
  ] as const)('%j gives the next one %j', (filled, given) => {
    expect(nextPlace(filled)).toEqual(given);
  });

  it('lets move up who has waited longest, as many as there are places', () => {
    const waiting = [{ turn: 3 }, { turn: 1 }, { turn: 7 }];
    expect(movesUp({ places: 3, placed: 1 }, waiting)).toEqual([{ turn: 1 }, { turn: 3 }]);
    expect(movesUp({ places: 3, placed: 3 }, waiting)).toEqual([]);
    expect(movesUp({ places: 3, placed: 4 }, waiting)).toEqual([]);
  });
});
