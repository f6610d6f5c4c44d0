import { refuse } from '@timebank/contract';
import type { Limits } from './limits';

type Bounds = Pick<Limits, 'costlyAtOnce' | 'costlyWaiting' | 'costlyOfPersonAtOnce' | 'costlyOfPersonInHand' | 'costlyOfPersonAMinute'>;
type Person = { running: number; inHand: number; taken: number[] };
type Waiting = { person: Person; go: () => void };

const minute = 60_000;

/** A turn at costly work. `worked`: the answer is made. `over`: it is with the caller, or the caller is gone. */
export type Turn = { worked(): void; over(): void };

/**
 * Turns for calls that take far longer than showing a page, in the order of asking: a few at once in the whole process, fewer of one person, and so
 * many a minute. Callers beyond the waiting limit are refused `request/too_many` with the time after which it makes sense to ask again.
 */
export class CostlyTurns {
  private running = 0;
  private readonly queue: Waiting[] = [];
  private readonly persons = new Map<string, Person>();

  constructor(
    private readonly bounds: Bounds,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async take(personId: string): Promise<Turn> {
    const person = this.known(personId);
    this.refuseExcess(person);
    person.inHand += 1;
    person.taken.push(this.now());
    if (!this.mayRun(person)) await new Promise<void>((go) => this.queue.push({ person, go }));
    else this.begin(person);
    return { worked: once(() => this.end(person)), over: once(() => this.leave(person)) };
  }

  private known(personId: string): Person {
    const person = this.persons.get(personId) ?? { running: 0, inHand: 0, taken: [] };
    this.persons.set(personId, person);
    person.taken = person.taken.filter((at) => at > this.now() - minute);
    return person;
  }

  private refuseExcess({ inHand, taken }: Person): void {
    const { costlyOfPersonInHand, costlyOfPersonAMinute, costlyWaiting } = this.bounds;
    const oldest = taken[0];
    if (taken.length >= costlyOfPersonAMinute && oldest !== undefined)
      throw refuse('request/too_many', { retryAfterSeconds: Math.max(Math.ceil((oldest + minute - this.now()) / 1_000), 1) });
    if (inHand >= costlyOfPersonInHand) throw refuse('request/too_many', { retryAfterSeconds: 2 });
    if (this.queue.length >= costlyWaiting) throw refuse('request/too_many', { retryAfterSeconds: 5 });
  }

  private mayRun(person: Person): boolean {
    return this.running < this.bounds.costlyAtOnce && person.running < this.bounds.costlyOfPersonAtOnce;
  }

  private begin(person: Person): void {
    this.running += 1;
    person.running += 1;
  }

  private end(person: Person): void {
    this.running -= 1;
    person.running -= 1;
    for (;;) {
      const next = this.queue.findIndex((waiting) => this.mayRun(waiting.person));
      if (next < 0) return;
      const [waiting] = this.queue.splice(next, 1) as [Waiting];
      this.begin(waiting.person);
      waiting.go();
    }
  }

  private leave(person: Person): void {
    person.inHand -= 1;
    // Nobody is remembered for longer than the minute that counts.
    if (this.persons.size > 1_000)
      for (const [id, each] of this.persons) if (each.inHand === 0 && this.known(id).taken.length === 0) this.persons.delete(id);
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
