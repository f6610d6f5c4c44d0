/**
 * A build step for Vite: a few lines in the page that ask, before any script has come, for the words of the reader's language, the code of the first page,
 * who this is, and what that page will need. The app takes the answers (`useEarly` of contract's client). The server allows the lines by their hash.
 * Behind a card they also draw whom the visit is with and the button that scans: at a door with one bar of signal the app's code takes as long as the
 * rest. A press is kept with its time until the code has come, which makes the scan (`early-card.ts` of the phone app).
 */
import { readFileSync } from 'node:fs';

const languages = ['zh-Hans', 'zh-Hant', 'en', 'ja', 'ko'];

/** Runs in the page: whom the visit is with, where, and the button. Resolves once it is on the screen. */
function drawCard(door, [name, bank, start, end, opening, again]) {
  const { clientName, place: planned, homeAddress, next } = door.visit;
  const part = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? '' });
  const button = part('button', 'act big', next === 'out' ? end : start);
  button.type = 'button';
  button.addEventListener('click', () => {
    window.earlyPress ??= Date.now();
    button.ariaBusy = 'true';
    button.textContent = opening;
  });
  // The code does not come: it is asked for anew by the same button.
  window.earlyFailed = () => {
    button.ariaBusy = null;
    button.textContent = again;
    button.addEventListener('click', () => location.reload());
  };
  const section = part('section', 'stack');
  section.append(part('p', 'whom', clientName), part('p', 'soft', planned ?? homeAddress), button);
  const page = part('div', 'page roomy');
  page.append(part('strong', 'brand', name), part('h1', '', bank.replace('{bank}', door.bankName)), section);
  document.body.prepend(Object.assign(part('main', ''), { id: 'early' }));
  document.getElementById('early').append(page);
  document.documentElement.classList.add('early');
  return new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
}

/**
 * Runs in the page; `words`, `today` and `landing` are files of the build, `said` what the drawn card says by language, `drawDoor` draws it. Written out whole: it
 * is copied into the page.
 */
function askEarly(words, today, landing, said, drawDoor) {
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const inChinese = (tag) => (/^zh-(TW|HK|MO|Hant)/i.test(tag) ? 'zh-Hant' : /^zh/i.test(tag) ? 'zh-Hans' : undefined);
  const known = (tag) => inChinese(tag) ?? Object.keys(words).find((one) => tag.toLowerCase().split('-')[0] === one);
  const chosen = kept('timebank.web.locale');
  const language = Object.hasOwn(words, chosen) ? chosen : (navigator.languages.map(known).find(Boolean) ?? 'zh-Hans');
  const fetchFirst = (href) => {
    const how = href.endsWith('.css') ? { rel: 'preload', as: 'style', href } : { rel: 'modulepreload', href };
    document.head.append(Object.assign(document.createElement('link'), how));
  };
  fetchFirst(words[language]);
  const root = document.documentElement;
  const theme = kept('timebank.web.theme');
  root.lang = language;
  root.dataset.mode = kept('timebank.web.mode') === 'elder' ? 'elder' : 'standard';
  root.dataset.theme =
    theme === 'light' || theme === 'dark' ? theme : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  // What is asked now is of whoever is signed in now: the answers count as long as no tab has told of another.
  const told = () => kept('timebank.sign-in.told');
  window.earlyTold = told();
  const answers = (window.early = {});
  /** Its text is read here, once: a clone could be read only with the app's own. Answers what it says; null for a refusal, or none. */
  const ask = (url) => {
    const heard = fetch(url, { credentials: 'same-origin' }).then(async (answer) => ({ answer, text: await answer.text() }));
    answers[url] = heard.then(({ answer: { status, headers }, text }) => new Response(text, { status, headers }));
    answers[url].catch(() => undefined);
    return heard.then(({ answer, text }) => (answer.ok ? JSON.parse(text) : null)).catch(() => null);
  };
  const card = /^\/[sr]\/([^/]+)$/.exec(location.pathname);
  const isToday = /^\/(today)?$/.test(location.pathname);
  for (const file of card ? landing : isToday ? today : []) fetchFirst(file);
  // A sign-out that the server has not heard of goes first.
  if (kept('timebank.sign-in.leaving') !== null) return;
  const me = ask('/api/me');
  if (isToday && kept('timebank.web.session')) ask('/api/me/home?part=own');
  if (!card) return;
  const place = ask(`/api/cards/${card[1]}`);
  let hasFailed = false;
  const onError = ({ target }) => {
    if (!(target instanceof HTMLScriptElement)) return;
    hasFailed = true;
    window.earlyFailed?.();
  };
  addEventListener('error', onError, true);
  const draw = (who, door) => {
    // The app's own page is here already; or nobody can scan, or somebody else; or what the button does depends on a scan that only this phone knows.
    if (told() !== window.earlyTold) return;
    if (window.earlyPress === null || !who?.personId || !door?.visit || door.revoked || kept('timebank.web.unsent') !== null) return;
    const drawn = drawDoor(door, said[language]);
    if (hasFailed) window.earlyFailed();
    return drawn;
  };
  // The app does not begin before: on a slow phone its start would keep the drawing waiting.
  window.earlyCard = Promise.all([me, place]).then((both) => draw(...both));
}

/** What the drawn card says, in the phone's own words. */
function wordsOfCard() {
  const all = languages.map((language) => {
    const { app, landing } = JSON.parse(readFileSync(new URL(`../../apps/web/src/locales/${language}.json`, import.meta.url), 'utf8'));
    return [language, [app.name, landing.bank, landing.start, landing.end, app.loading, app.again]];
  });
  return Object.fromEntries(all);
}

export function early() {
  return {
    name: 'early',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        if (!bundle) return html;
        const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
        const fileOf = (wanted) => chunks.find(({ name }) => name === wanted);
        const words = Object.fromEntries(languages.map((language) => [language, `/${fileOf(language).fileName}`]));
        const home = fileOf('home');
        const filesOf = (page) => [fileOf(page).fileName, home.fileName, ...home.viteMetadata.importedCss].map((file) => `/${file}`);
        const given = [words, filesOf('TodayPage'), filesOf('LandingPage'), wordsOfCard()].map((value) => JSON.stringify(value));
        const script = `(${askEarly})(${given.join()},${drawCard})`;
        return html.replace('</head>', () => `<script>${script}</script>\n  </head>`);
      },
    },
  };
}
