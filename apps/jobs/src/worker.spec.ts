import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@timebank/kernel';
import { type Fault, type Round, Worker } from './worker';

const start = new Date('2026-03-02T01:00:00Z');

describe('going the rounds', () => {
  const done: string[] = [];
  const round = (name: string, everyMinutes: number, run: Round['run'] = async () => undefined, places = ['one', 'other']): Round => ({
    name,
    everyMinutes,
    places: async () => places,
    run: async (place) => {
      done.push(`${name} ${place}`);
      await run(place);
    },
  });
  function worker(...rounds: Round[]): { worker: Worker; clock: ManualClock; faults: Fault[] } {
    done.length = 0;
    const faults: Fault[] = [];
    const clock = new ManualClock(start);
    return { worker: new Worker(rounds, clock, (fault) => faults.push(fault)), clock, faults };
  }

  it('goes each round in each of its places, then only what is due by the product clock', async () => {
    const { worker: at, clock } = worker(round('often', 1), round('hourly', 60));
    await at.goOnce();
    expect(done.splice(0)).toEqual(['often one', 'often other', 'hourly one', 'hourly other']);
    clock.advance(1);
    await at.goOnce();
    expect(done.splice(0)).toEqual(['often one', 'often other']);
    clock.advance(59);
    await at.goOnce();
    expect(done.splice(0)).toEqual(['often one', 'often other', 'hourly one', 'hourly other']);
    await at.goOnce();
    expect(done).toEqual([]);
  });

  it('tells a fault with its round and place, and lets it stop nothing else', async () => {
    const fault = new Error('no such bank');
    const { worker: at, faults } = worker(
      round('first', 1, async (place) => {
        if (place === 'one') throw fault;
      }),
      { ...round('blind', 1), places: () => Promise.reject(fault) },
      round('last', 1),
    );
    await at.goOnce();
    expect(done).toEqual(['first one', 'first other', 'last one', 'last other']);
    expect(faults).toEqual([
      { round: 'first', place: 'one', error: fault },
      { round: 'blind', place: null, error: fault },
    ]);
  });

  it('F7: writes down each piece that it begins and each round that is over, and works on when that cannot be written', async () => {
    const { worker: _, clock, faults } = worker();
    const written: string[] = [];
    const write = async (line: string) => {
      written.push(line);
      throw new Error('nothing can be written');
    };
    const diary = {
      begun: (name: string) => write(`${name} begun`),
      over: (name: string, count: number) => write(`${name} over, ${count} faults`),
    };
    const failing = round('second', 1, () => Promise.reject(new Error('no')));
    const at = new Worker([round('first', 1), failing], clock, (fault) => faults.push(fault), undefined, diary);
    await at.goOnce();
    expect(written).toEqual([
      'all begun',
      'first begun',
      'first begun',
      'first over, 0 faults',
      'second begun',
      'second begun',
      'second over, 2 faults',
    ]);
    expect([done, faults.length]).toEqual([['first one', 'first other', 'second one', 'second other'], 2]);
  });

  it('lets the piece in hand end when it is stopped, and begins no other', async () => {
    let finish = () => {};
    let begun = () => {};
    const inHand = new Promise<void>((resolve) => (finish = resolve));
    const isInHand = new Promise<void>((resolve) => (begun = resolve));
    const { worker: at } = worker(
      round('slow', 1, async () => {
        begun();
        await inHand;
        done.push('ended');
      }),
      round('next', 1),
    );
    at.start();
    await isInHand;
    const stopped = at.stop();
    finish();
    await stopped;
    expect(done).toEqual(['slow one', 'ended']);
  });

  it('begins nothing after it was stopped between two rounds', async () => {
    const { worker: at } = worker(round('often', 1));
    await at.stop();
    at.start();
    await at.stop();
    expect(done).toEqual([]);
  });

  it('F1: goes no round while nothing may be written, says why, and goes on after', async () => {
    done.length = 0;
    const faults: Fault[] = [];
    let refused: Error | null = new Error('the books are set back');
    const at = new Worker(
      [round('often', 1)],
      new ManualClock(start),
      (fault) => faults.push(fault),
      async () => {
        if (refused) throw refused;
      },
    );
    await at.goOnce();
    expect(done).toEqual([]);
    expect(faults).toEqual([{ round: 'every round', place: null, error: refused }]);
    refused = null;
    await at.goOnce();
    expect(done).toEqual(['often one', 'often other']);
  });
});
