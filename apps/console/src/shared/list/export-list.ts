import { csvMark, writeCsv } from '@timebank/kernel';
import { isRefused, type RefusedCall, saveFile } from '@timebank/web-kit';
import { computed, ref, shallowRef } from 'vue';
import type { Column } from './columns';

type Page<Row> = { items: Row[]; nextCursor: string | null };

/**
 * Reads a list to its end and saves what its columns say as CSV. It can be stopped; a refusal keeps what was read, so that a second try goes on from there.
 */
export function useExport<Row>(load: (cursor: string | undefined) => Promise<Page<Row>>) {
  const read = shallowRef<Row[]>([]);
  const refused = ref<RefusedCall | null>(null);
  const busy = ref(false);
  let next: string | undefined;
  let round = 0;

  function stop(): void {
    round += 1;
    busy.value = false;
    read.value = [];
    next = undefined;
  }

  async function run(columns: readonly Column<Row>[], fileName: string): Promise<void> {
    const mine = ++round;
    busy.value = true;
    refused.value = null;
    try {
      do {
        const page = await load(next);
        if (mine !== round) return;
        read.value = [...read.value, ...page.items];
        next = page.nextCursor ?? undefined;
      } while (next !== undefined);
      const lines = [columns.map(({ title }) => title), ...read.value.map((row) => columns.map((column) => column.text(row)))];
      saveFile({ fileName, blob: new Blob([csvMark, writeCsv(lines)], { type: 'text/csv;charset=utf-8' }) });
      stop();
    } catch (thrown) {
      if (!isRefused(thrown)) throw thrown;
      if (mine === round) refused.value = thrown;
    } finally {
      if (mine === round) busy.value = false;
    }
  }

  return { run, stop, busy, refused, rows: computed(() => read.value.length) };
}
