import { refuse } from '@timebank/contract';
import type { Limits } from './limits';

/** Bytes of bodies being read, by the whole process and by each sender. Beyond the budget the server is busy for a moment; nothing is lost. */
export class BodyBudget {
  private all = 0;
  private strangers = 0;
  private readonly ofPerson = new Map<string, number>();

  constructor(private readonly limits: Pick<Limits, 'bodyBytes' | 'bodyBytesOfStrangers' | 'bodyBytesOfPerson'>) {}

  get heldBytes(): number {
    return this.all;
  }

  /** Reserves bytes for a person, or for somebody who is not signed in. Answers a function that returns them; refuses `service/busy`. */
  hold(personId: string | null, bytes: number): () => void {
    const own = personId === null ? this.strangers : (this.ofPerson.get(personId) ?? 0);
    const most = personId === null ? this.limits.bodyBytesOfStrangers : this.limits.bodyBytesOfPerson;
    if (own + bytes > most || this.all + bytes > this.limits.bodyBytes) throw refuse('service/busy', { retryAfterSeconds: 1 });
    this.add(personId, bytes);
    let held = true;
    return () => {
      if (held) this.add(personId, -bytes);
      held = false;
    };
  }

  private add(personId: string | null, bytes: number): void {
    this.all += bytes;
    if (personId === null) this.strangers += bytes;
    else {
      const own = (this.ofPerson.get(personId) ?? 0) + bytes;
      if (own > 0) this.ofPerson.set(personId, own);
      else this.ofPerson.delete(personId);
    }
  }
}
