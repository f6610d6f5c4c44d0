import type { Zone } from '@timebank/kernel';
import { shallowRef } from 'vue';
import { useGateWords } from '../requests/gate-words';
import { useSession } from '../shared/session.store';
import { useWords } from '../shared/words';
import type { useDrops, Verdict } from './use-drops';
import { type By, type Cell, type Drop, dropOf, isBarred, type Item } from './week.rules';

/** How a cell looks to what is carried over it, and what is said of it. */
export type Aim = Cell & { look: Verdict['look'] | 'barred' | 'asking'; words: string };

/** Whoever goes on at once is not asked about: only where one stays for a moment. */
const moment = 120;

/** Something taken up, the cell it is over, and what would stand in the way there; the same for mouse and keys. */
export function useCarrying(drops: ReturnType<typeof useDrops>, week: () => { by: By; monday: string }) {
  const session = useSession();
  const { t } = useWords();
  const gateWords = useGateWords();
  const carried = shallowRef<{ item: Item; from: Cell } | null>(null);
  const aim = shallowRef<Aim | null>(null);
  /** What may be set aside with a reason, which a dialog asks for. */
  const asked = shallowRef<{ drop: Drop; verdict: Verdict } | null>(null);
  let round = 0;

  const meant = (item: Item, cell: Cell) => dropOf(item, cell, { ...week(), zone: session.timeZone as Zone, now: session.clock.now() });

  function wordsOf(verdict: Verdict | null): string {
    if (verdict === null) return t('week.unknown');
    const reasons = verdict.reasons.map(gateWords).join(t('week.between'));
    if (verdict.look === 'free') return reasons === '' ? t('week.free') : `${t('week.free')} ${reasons}`;
    return verdict.look === 'soft' ? `${reasons} ${t('week.soft')}` : reasons;
  }

  /** What is said of a cell, whether it is asked about or known. */
  async function wordsAt(item: Item, cell: Cell): Promise<string> {
    const drop = meant(item, cell);
    return isBarred(drop) ? t(`week.barred.${drop}`) : wordsOf(await drops.look(drop));
  }

  async function aimAt(cell: Cell): Promise<void> {
    if (!carried.value || (aim.value?.row === cell.row && aim.value.day === cell.day)) return;
    const mine = ++round;
    const drop = meant(carried.value.item, cell);
    if (isBarred(drop)) return void (aim.value = { ...cell, look: 'barred', words: t(`week.barred.${drop}`) });
    aim.value = { ...cell, look: 'asking', words: t('week.asking') };
    await new Promise((resolve) => window.setTimeout(resolve, moment));
    if (mine !== round) return;
    const verdict = await drops.look(drop);
    if (mine === round) aim.value = { ...cell, look: verdict?.look ?? 'free', words: wordsOf(verdict) };
  }

  function take(item: Item, from: Cell): void {
    drops.attempt.clear();
    carried.value = { item, from };
    aim.value = null;
    void aimAt(from);
  }

  function putBack(): void {
    round += 1;
    carried.value = null;
    aim.value = null;
  }

  /** Does what an item and a cell mean together, asks for a reason first, or says why not. True where there is nothing more to carry. */
  async function put(item: Item, cell: Cell): Promise<boolean> {
    const drop = meant(item, cell);
    if (isBarred(drop)) return drop === 'here';
    const verdict = await drops.look(drop);
    if (verdict?.look === 'hard') return false;
    if (verdict?.look === 'soft') {
      asked.value = { drop, verdict };
      return true;
    }
    await drops.drop(drop);
    return true;
  }

  return { carried, aim, asked, take, aimAt, putBack, put, meant, wordsOf, wordsAt };
}
