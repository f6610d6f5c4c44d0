import { computed, inject, provide, type Component, type InjectionKey, type Ref, watch, type WritableComputedRef } from 'vue';
import type { Keep } from '../display';
import type { RefusedCall } from '../refusal';
import { questionOf } from './reading.rules';

/** What an app gives the reading pages: its words, its kind of link, and the reading language. */
export type ReadingWays = {
  /** Words of the section `documents`. */
  say(key: string, parameters?: Record<string, string | number>): string;
  sentence(refused: RefusedCall | null): string | null;
  /** The link of the app's router; it takes `to`. */
  link: Component;
  languages: readonly string[];
  language: WritableComputedRef<string>;
  /** The language of the app's own words. */
  own: Readonly<Ref<string>>;
  /** The app's base: `/` or `/console/`. */
  base: string;
};

/** What of an app's router the reading pages use. */
type Route = { query: Record<string, unknown>; hash: string };
type Place = { hash?: string; query: Record<string, string> };
type Router = { push(to: Place): unknown; replace(to: Place): unknown };

const key: InjectionKey<ReadingWays> = Symbol('reading');

export function useReading(): ReadingWays {
  const ways = inject(key);
  if (ways === undefined) throw new Error('A reading page stands in an app that provides its words');
  return ways;
}

/** The address without one part of its question, or with another value of it. */
function withPart(route: Route, name: string, value: string): Record<string, string> {
  const others = Object.entries(route.query).filter(([part, text]) => part !== name && typeof text === 'string') as [string, string][];
  return Object.fromEntries(value === '' ? others : [...others, [name, value]]);
}

/**
 * The reading language: the address's, else the one stored on this device, else the app's own. It is in the address unless it is the app's own, so
 * that a link shows the page as it was read.
 */
function languageOf<Language extends string>({ languages, own, keep, route, router }: Start<Language>): WritableComputedRef<Language> {
  const known = (text: unknown) => languages.find((language) => language === text);
  function settle(language: Language): void {
    const beside = language === own.value ? '' : language;
    keep.write('reading', beside || null);
    if ((route.query['language'] ?? '') !== beside) void router.replace({ hash: route.hash, query: withPart(route, 'language', beside) });
  }
  const language = computed<Language>({
    get: () => known(route.query['language']) ?? known(keep.read('reading')) ?? own.value,
    set: settle,
  });
  watch([language, own], ([now]) => settle(now), { immediate: true });
  return language;
}

type Start<Language extends string> = Pick<ReadingWays, 'say' | 'sentence' | 'link' | 'base'> & {
  languages: readonly Language[];
  own: Readonly<Ref<Language>>;
  keep: Keep;
  route: Route;
  router: Router;
};

/** Begins a reading page: gives its parts the app's ways, and says which language is read, what is searched, and at which heading it opens. */
export function startReading<Language extends string>(start: Start<Language>) {
  const { say, sentence, link, base, languages, own, route, router } = start;
  const language = languageOf(start);
  provide(key, { say, sentence, link, base, languages, own, language: language as WritableComputedRef<string> });
  return {
    language,
    question: computed(() => questionOf(route.query['q'])),
    ask: (question: string) => void router.push({ query: withPart(route, 'q', question) }),
    anchor: computed(() => route.hash.slice(1)),
  };
}
