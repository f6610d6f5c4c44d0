import { computed } from 'vue';
import { useWords } from './words';

/** What every chart says of itself, and how a day stands below one. */
export function useChartWords() {
  const { t, language } = useWords();
  const words = computed(() => ({ table: t('charts.table'), chart: t('charts.chart'), keys: t('charts.keys') }));
  const dayMark = (day: string) =>
    new Intl.DateTimeFormat(language.value, { timeZone: 'UTC', month: 'numeric', day: 'numeric' }).format(Date.parse(`${day}T12:00:00Z`));
  return { words, dayMark };
}
