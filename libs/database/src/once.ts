import { refuse, type RefusalCode } from '@timebank/contract';
import { type Columns, hashOf, type RowClass } from './rows';
import type { UnitOfWork } from './unit-of-work';

type HashedRow = RowClass<{ contentHash: Buffer }>;
/** What came under an id of the caller's making: the hash of its content, and what is refused when the id has other content already. */
type SentContent = { hash: Buffer; reused: RefusalCode };

/** Whether what is stored under the id equals what was sent; false when nothing is stored. Other content is refused. */
export function isSame(kept: Buffer | null | undefined, { hash, reused }: SentContent): boolean {
  if (kept && !kept.equals(hash)) throw refuse(reused);
  return Boolean(kept);
}

/** As `isSame`, of the row that `key` names. */
export async function isRepeat<Entity extends HashedRow>(
  unit: UnitOfWork,
  entity: Entity,
  key: Columns<Entity>,
  sent: SentContent,
): Promise<boolean> {
  const { sql, values } = hashOf(entity, key);
  return isSame((await unit.one<{ contentHash: Buffer }>(sql, values))?.contentHash, sent);
}

/**
 * Does once what comes under an id of the caller's making. True when `work` did it, false when it had been done before; other content under that id is
 * refused as `sent.reused`. `work` makes the row that `key` names, with the content's hash. It answers false, and leaves nothing behind, when another
 * call was quicker by a moment: what that one made decides.
 */
export async function once<Entity extends HashedRow>(
  unit: UnitOfWork,
  entity: Entity,
  key: Columns<Entity>,
  sent: SentContent,
  work: () => Promise<boolean>,
): Promise<boolean> {
  if (await isRepeat(unit, entity, key, sent)) return false;
  if (await work()) return true;
  if (await isRepeat(unit, entity, key, sent)) return false;
  throw refuse(sent.reused);
}
