import '@timebank/web-kit/tokens.css';
import '@timebank/web-kit/base.css';
import './app.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { mendRefusals, paths, useEarly } from '@timebank/contract/client';
import { lastSignInTold, readAgain, WordText } from '@timebank/web-kit';
import App from './App.vue';
import { display } from './shared/display';
import './shared/installing';
import { i18n, firstLocale, speak } from './shared/i18n';
import { router } from './router';

void display;
// A page of an old version asks for a chunk that only the old build had: the new build has the page under another name.
addEventListener('vite:preloadError', (event) => {
  if (!navigator.onLine || sessionStorage.getItem('reloaded') === location.pathname) return;
  event.preventDefault();
  sessionStorage.setItem('reloaded', location.pathname);
  location.reload();
});
// A server that has no time for a reading is asked again soon, before anybody is told of it.
mendRefusals(async (refused, name, before) => paths[name][0] === 'GET' && readAgain(refused, before));
// What the page asked for while this code was on its way; after the first page it would be old.
const asked = window as { early?: Record<string, Promise<Response>>; earlyTold?: string | null };
useEarly(asked.early, () => asked.earlyTold === lastSignInTold());
void router.isReady().finally(() => setTimeout(useEarly, 3_000));
/** How long a card that the page draws by itself may keep the app waiting, in milliseconds; as long as a start waits for the server. */
const cardWaitMs = 3_000;
await Promise.race([(window as { earlyCard?: Promise<void> }).earlyCard, new Promise((resolve) => setTimeout(resolve, cardWaitMs))]);
const app = createApp(App).component('WordText', WordText).use(createPinia()).use(i18n).use(router);
// Before the server has said who this is: the frame stands and says that it is opening.
await speak(firstLocale());
app.mount('#app');
