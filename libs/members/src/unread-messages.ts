import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';

type Count = (actor: Actor) => Promise<number>;

/**
 * How many messages somebody has not seen, for a first screen. The room that keeps messages stands above and registers here how to count them, in
 * units of work of its own; where there is none, there are no messages.
 */
@Injectable()
export class UnreadMessages {
  private count: Count = async () => 0;

  register(count: Count): void {
    this.count = count;
  }

  run(actor: Actor): Promise<number> {
    return this.count(actor);
  }
}
