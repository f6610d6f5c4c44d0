import { call, type Language, type ServiceKind } from '@timebank/contract/client';
import { shallowRef } from 'vue';
import type { Keep } from './display';
import { isRefused } from './refusal';

type Names = Readonly<Record<string, ServiceKind['names']>>;
type KeptNames = { at: number; names: Names };

/** So long names stand as they were read, and so soon a reading that failed is tried again, in real milliseconds. */
const [lastsMs, pauseMs] = [86_400_000, 15_000];

function readKept(keep: Pick<Keep, 'read'>): KeptNames {
  try {
    const kept = JSON.parse(keep.read('kinds') ?? '{}') as Partial<KeptNames> | null;
    return { at: kept?.at ?? 0, names: kept?.names ?? {} };
  } catch {
    return { at: 0, names: {} };
  }
}

/**
 * What the kinds of service are called: the server's data, not words of the product. Kept in the browser, for a start without network and so that no
 * page shows a code first. They are read when a page first says one, and again after a day.
 */
export function createKindNames(keep: Pick<Keep, 'read' | 'write'>) {
  const known = shallowRef(readKept(keep));
  let triedAt = 0;

  function learn(kinds: readonly Pick<ServiceKind, 'code' | 'names'>[]): void {
    known.value = { at: Date.now(), names: Object.fromEntries(kinds.map((kind) => [kind.code, kind.names])) };
    keep.write('kinds', JSON.stringify(known.value));
  }

  async function read(): Promise<void> {
    triedAt = Date.now();
    try {
      learn((await call('listServiceKinds', { query: { limit: 200 } })).items);
    } catch (thrown) {
      if (!isRefused(thrown)) throw thrown;
    }
  }

  return {
    learn,
    /** When names were last learned, for what draws a row once: names may come after the rows. */
    knownAt: () => known.value.at,
    /** In the reader's language, else in Chinese, which is always there. Nothing while no name has come yet. */
    name(language: string, code: string): string {
      const { at, names } = known.value;
      const found = names[code];
      const now = Date.now();
      if ((!found || now - at > lastsMs) && now - triedAt > pauseMs) void read();
      if (found) return found[language as Language] ?? found['zh-Hans'] ?? code;
      return at === 0 ? '' : code;
    },
  };
}
