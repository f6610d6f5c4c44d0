/**
 * A build step for Vite: a few lines in the page that ask, before any script has come, for the words of the reader's language, the code of the first page,
 * who this is, and what that page will need. The app takes the answers (`useEarly` of contract's client). The server allows the lines by their hash.
 */
const languages = ['zh-Hans', 'zh-Hant', 'en', 'ja', 'ko'];

/** Runs in the page; `words`, `today` and `landing` are files of the build. Written out whole: it is copied into the page. */
function askEarly(words, today, landing) {
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const known = (tag) =>
    /^zh-(TW|HK|MO|Hant)/i.test(tag)
      ? 'zh-Hant'
      : /^zh/i.test(tag)
        ? 'zh-Hans'
        : Object.keys(words).find((one) => tag.toLowerCase().split('-')[0] === one);
  const chosen = kept('timebank.web.locale');
  const language = Object.hasOwn(words, chosen) ? chosen : (navigator.languages.map(known).find(Boolean) ?? 'zh-Hans');
  const fetchFirst = (href) =>
    document.head.append(
      Object.assign(
        document.createElement('link'),
        href.endsWith('.css') ? { rel: 'preload', as: 'style', href } : { rel: 'modulepreload', href },
      ),
    );
  fetchFirst(words[language]);
  const answers = (window.early = {});
  const ask = (url) => {
    answers[url] = fetch(url, { credentials: 'same-origin' });
    answers[url].catch(() => undefined);
  };
  const card = /^\/[sr]\/([^/]+)$/.exec(location.pathname);
  const isToday = /^\/(today)?$/.test(location.pathname);
  for (const file of card ? landing : isToday ? today : []) fetchFirst(file);
  // A sign-out that the server has not heard of goes first.
  if (kept('timebank.sign-in.leaving') !== null) return;
  ask('/api/me');
  if (isToday && kept('timebank.web.session')) ask('/api/me/home?part=own');
  if (card) ask(`/api/cards/${card[1]}`);
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
        const said = [words, filesOf('TodayPage'), filesOf('LandingPage')].map((value) => JSON.stringify(value));
        const script = `(${askEarly})(${said.join()})`;
        return html.replace('</head>', () => `<script>${script}</script>\n  </head>`);
      },
    },
  };
}
