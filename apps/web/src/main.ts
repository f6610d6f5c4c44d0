import '@timebank/web-kit/tokens.css';
import '@timebank/web-kit/base.css';
import './app.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { WordText } from '@timebank/web-kit';
import App from './App.vue';
import { display } from './shared/display';
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
const app = createApp(App).component('WordText', WordText).use(createPinia()).use(i18n).use(router);
// Before the server has said who this is: the frame stands and says that it is opening.
await speak(firstLocale());
app.mount('#app');
