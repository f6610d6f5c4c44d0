import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { useEarly } from '@timebank/contract/client';
import { lastSignInTold, provideDays, WordText } from '@timebank/web-kit';
import '@timebank/web-kit/tokens.css';
import '@timebank/web-kit/base.css';
import './console.css';
import App from './App.vue';
import { i18n, firstLocale, speak } from './i18n';
import { router } from './router';
import { rememberAskedFirst } from './shared/asked-first';
import { display } from './shared/display';
import { mendCalls } from './shared/mend-calls';
import { watchVersion } from './shared/new-version';
import { useSession } from './shared/session.store';

display();
// What the page asked for while this code was on its way.
const asked = window as { early?: Record<string, Promise<Response>>; earlyTold?: string | null; earlyAt?: number };
/** Where the code itself takes longer, what was asked before it is old. */
const freshMs = 5_000;
useEarly(asked.early, () => asked.earlyTold === lastSignInTold() && performance.now() - (asked.earlyAt ?? 0) < freshMs);
rememberAskedFirst();
mendCalls();
watchVersion();
await speak(firstLocale()).catch(() => undefined);
const app = createApp(App).component('WordText', WordText).use(createPinia()).use(i18n).use(router);
/** The full type of the words, key by key, is more than the compiler takes. */
const words = i18n.global as unknown as { t(key: string, parameters: Record<string, string>): string };
provideDays(app, {
  locale: () => i18n.global.locale.value,
  say: (key, parameters = {}) => words.t(`dates.${key}`, parameters),
  today: () => useSession().today(),
});
app.mount('#app');
