import type { WeekBoard } from '@timebank/contract/client';
import { computed, type Ref } from 'vue';
import { useWords } from '../shared/words';
import { type By, cellsOf, itemsOf, weekdays } from './week.rules';

const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** What the board draws: its rows, the first of what nobody has taken, and what stands in each cell. */
export function useWeekRows(board: Ref<WeekBoard | null>, by: Ref<By>) {
  const { t, minutes } = useWords();
  const nameOf = (memberId: string) => board.value?.people[memberId] ?? '';
  const nothing = weekdays.map(() => null);

  const rows = computed(() => {
    if (!board.value) return [];
    const missing = { count: board.value.counts.unfilled };
    return [
      { id: '', name: t('week.unfilled'), detail: t('week.times', missing), to: null, notes: nothing, away: [] },
      ...board.value.rows.map(({ memberId, homeBankId, minutes: planned, weekWish, free, away }) => ({
        id: memberId,
        name: nameOf(memberId),
        detail: [
          weekWish === null ? minutes(planned) : t('week.ofWish', { planned: minutes(planned), wish: minutes(weekWish) }),
          ...(homeBankId === null ? [] : [t('week.guest')]),
        ].join(' · '),
        to: homeBankId === null ? `/members/${memberId}` : '/guests',
        notes: weekdays.map((day) => {
          const said = free.filter((one) => one.day === day).map(({ from, to }) => `${clock(from)}–${clock(to)}`);
          return said.length === 0 ? null : t('week.freeAt', { hours: said.join(' ') });
        }),
        away,
      })),
    ];
  });

  const cells = computed(() => {
    if (!board.value) return new Map<string, never[]>();
    const { visits, unfilled } = itemsOf(board.value);
    const ofRows = cellsOf(visits, ({ volunteerId, clientId }) => (by.value === 'helpers' ? (volunteerId ?? '') : clientId));
    return new Map([...ofRows, ...cellsOf(unfilled, () => '')]);
  });

  return { rows, cells, nameOf };
}
