import { type App, inject, type InjectionKey } from 'vue';

/** What an app gives the fields for days and times: its language, its words and its day. */
export type DayWays = {
  locale(): string;
  /** Words of the section `dates`. */
  say(key: string, parameters?: Record<string, string>): string;
  /** Today by the product's clock, `2026-03-02`. */
  today(): string;
};

const key: InjectionKey<DayWays> = Symbol('days');

/**
 * With it, days and times are typed and picked in the app's own language and order. An app that does not call it keeps the device's own wheels, which
 * old people know from the rest of their phone, and which the phone reads aloud to them.
 */
export function provideDays(app: App, ways: DayWays): void {
  app.provide(key, ways);
}

export const useDays = (): DayWays | null => inject(key, null);
