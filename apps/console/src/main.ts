import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { WordText } from '@timebank/web-kit';
import '@timebank/web-kit/tokens.css';
import '@timebank/web-kit/base.css';
import './console.css';
import App from './App.vue';
import { i18n, firstLocale, speak } from './i18n';
import { router } from './router';
import { display } from './shared/display';
import { mendCalls } from './shared/mend-calls';
import { watchVersion } from './shared/new-version';

display();
mendCalls();
watchVersion();
await speak(firstLocale()).catch(() => undefined);
createApp(App).component('WordText', WordText).use(createPinia()).use(i18n).use(router).mount('#app');
