import { Injectable } from '@nestjs/common';
import type { SearchHit } from '@timebank/contract';

/** The first and the last id that begin as somebody typed it. */
export type IdRange = { from: string; to: string };
/** `text` as it was typed; `ids` where it is an id or the beginning of one; no more than `limit` are of use. */
export type Sought = { banks: readonly string[]; text: string; ids: IdRange | null; limit: number };
type Find = (sought: Sought) => Promise<SearchHit[]>;

/**
 * What else than members the desk finds. Rooms above register here how to find what is theirs, by id or code, in the caller's unit of work, which sees
 * the banks; so the rooms below need not know what a visit is.
 */
@Injectable()
export class FindThings {
  private readonly registered: Find[] = [];

  register(find: Find): void {
    this.registered.push(find);
  }

  async run(sought: Sought): Promise<SearchHit[]> {
    const hits: SearchHit[] = [];
    for (const find of this.registered) hits.push(...(await find(sought)));
    return hits;
  }
}
