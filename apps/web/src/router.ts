import { nextTick, readonly, ref } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import { isRefused, pageName } from '@timebank/web-kit';
import { i18n, withLaterWords } from './shared/i18n';
import { failEarlyCard } from './scan/early-card';
import { returnPlace } from './shared/return-place';
import { useSession } from './shared/session';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title: string;
    /** Opens without a sign-in. */
    open?: boolean;
    /** Without the bar at the bottom: one task on the screen. */
    alone?: boolean;
  }
}

export const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/', redirect: '/today' },
    { path: '/sign-in', component: () => import('./account/SignInPage.vue'), meta: { title: 'signIn', open: true, alone: true } },
    { path: '/today', component: () => import('./today/TodayPage.vue'), meta: { title: 'today' } },
    { path: '/requests', component: () => import('./requests/RequestsPage.vue'), meta: { title: 'requests' } },
    {
      path: '/requests/:requestId',
      component: () => import('./requests/RequestPage.vue'),
      props: true,
      meta: { title: 'request', alone: true },
    },
    {
      path: '/visits/:visitId',
      component: withLaterWords(() => import('./visits/VisitPage.vue')),
      props: true,
      meta: { title: 'visit', alone: true },
    },
    { path: '/scan', component: () => import('./scan/ChooseScanPage.vue'), meta: { title: 'scan', alone: true } },
    { path: '/scan/learn', component: () => import('./scan/LearnPage.vue'), meta: { title: 'learn', alone: true } },
    { path: '/scan/kept', component: () => import('./phone/KeptScansPage.vue'), meta: { title: 'kept', alone: true } },
    { path: '/scan/:visitId', component: () => import('./scan/ScanPage.vue'), props: true, meta: { title: 'scan', alone: true } },
    { path: '/time', component: () => import('./time/TimePage.vue'), meta: { title: 'time' } },
    {
      path: '/time/give',
      component: () => import('./time/GivePage.vue'),
      props: { way: 'gift' },
      meta: { title: 'gift', alone: true },
    },
    {
      path: '/time/donate',
      component: () => import('./time/GivePage.vue'),
      props: { way: 'donation' },
      meta: { title: 'donation', alone: true },
    },
    { path: '/help', component: () => import('./help/HelpPage.vue'), meta: { title: 'help' } },
    { path: '/help/new', component: withLaterWords(() => import('./help/AskPage.vue')), meta: { title: 'ask', alone: true } },
    {
      path: '/series/:seriesId',
      component: withLaterWords(() => import('./series/SeriesPage.vue')),
      props: true,
      meta: { title: 'series', alone: true },
    },
    {
      path: '/series/:seriesId/pause',
      component: () => import('./series/SeriesStopPage.vue'),
      props: (to) => ({ seriesId: to.params['seriesId'], way: 'pause' }),
      meta: { title: 'seriesPause', alone: true },
    },
    {
      path: '/series/:seriesId/end',
      component: () => import('./series/SeriesStopPage.vue'),
      props: (to) => ({ seriesId: to.params['seriesId'], way: 'end' }),
      meta: { title: 'seriesEnd', alone: true },
    },
    {
      path: '/services',
      component: () => import('./visits/ServicesPage.vue'),
      props: (to) => ({ side: String(to.query['side'] ?? '') }),
      meta: { title: 'services', alone: true },
    },
    { path: '/week', component: () => import('./visits/WeekPage.vue'), meta: { title: 'week', alone: true } },
    {
      path: '/availability',
      component: withLaterWords(() => import('./account/AvailabilityPage.vue')),
      meta: { title: 'availability', alone: true },
    },
    { path: '/pause', component: withLaterWords(() => import('./account/PausePage.vue')), meta: { title: 'pause', alone: true } },
    { path: '/needs', component: withLaterWords(() => import('./account/NeedsPage.vue')), meta: { title: 'needs', alone: true } },
    {
      path: '/activities',
      component: withLaterWords(() => import('./activities/ActivitiesPage.vue')),
      props: (to) => ({ code: typeof to.query['code'] === 'string' ? to.query['code'] : '' }),
      meta: { title: 'activities', alone: true },
    },
    {
      path: '/courses',
      component: withLaterWords(() => import('./training/CoursesPage.vue')),
      props: (to) => ({ code: typeof to.query['code'] === 'string' ? to.query['code'] : '' }),
      meta: { title: 'courses', alone: true },
    },
    {
      path: '/tell/:bankId',
      component: withLaterWords(() => import('./family/TellPage.vue')),
      props: true,
      meta: { title: 'tell', open: true, alone: true },
    },
    { path: '/family', component: withLaterWords(() => import('./family/FamilyPage.vue')), meta: { title: 'family', alone: true } },
    { path: '/proxies', component: withLaterWords(() => import('./family/ProxiesPage.vue')), meta: { title: 'proxies', alone: true } },
    {
      path: '/relatives',
      component: withLaterWords(() => import('./account/RelativesPage.vue')),
      meta: { title: 'relatives', alone: true },
    },
    { path: '/elsewhere', component: () => import('./account/ElsewherePage.vue'), meta: { title: 'elsewhere', alone: true } },
    { path: '/notices', component: withLaterWords(() => import('./today/NoticesPage.vue')), meta: { title: 'notices', alone: true } },
    { path: '/settings', component: () => import('./account/SettingsPage.vue'), meta: { title: 'settings', alone: true } },
    {
      path: '/settings/consents',
      component: withLaterWords(() => import('./account/ConsentsPage.vue')),
      meta: { title: 'consents', alone: true },
    },
    {
      path: '/settings/sign-in',
      component: () => import('./account/OwnSignInPage.vue'),
      meta: { title: 'ownSignIn', alone: true },
    },
    {
      path: '/s/:token',
      component: () => import('./scan/LandingPage.vue'),
      props: true,
      meta: { title: 'landing', open: true, alone: true },
    },
    {
      path: '/r/:token',
      component: () => import('./scan/LandingPage.vue'),
      props: (to) => ({ token: to.params['token'], rotating: true }),
      meta: { title: 'landing', open: true, alone: true },
    },
    {
      path: '/screen/:screen',
      component: () => import('./scan/ScreenPage.vue'),
      props: true,
      meta: { title: 'screen', open: true, alone: true },
    },
    {
      path: '/c/:bankId/:number',
      component: () => import('./time/CheckpointPage.vue'),
      props: true,
      meta: { title: 'checkpoint', open: true, alone: true },
    },
    {
      path: '/join/:bank',
      component: withLaterWords(() => import('./account/JoinPage.vue')),
      props: true,
      meta: { title: 'join', open: true, alone: true },
    },
    { path: '/documents', component: () => import('./documents/DocumentsPage.vue'), meta: { title: 'documents', open: true, alone: true } },
    { path: '/documents/why', component: () => import('./documents/WhyPage.vue'), meta: { title: 'why', open: true, alone: true } },
    {
      path: '/documents/figures',
      component: () => import('./documents/FiguresPage.vue'),
      meta: { title: 'figures', open: true, alone: true },
    },
    {
      path: '/documents/:slug',
      component: () => import('./documents/DocumentPage.vue'),
      props: true,
      meta: { title: 'documents', open: true, alone: true },
    },
    {
      path: '/documents/:slug/:section',
      component: () => import('./documents/SectionPage.vue'),
      props: true,
      meta: { title: 'documents', open: true, alone: true },
    },
    { path: '/:rest(.*)*', component: () => import('./shared/NotFoundPage.vue'), meta: { title: 'notFound', open: true, alone: true } },
  ],
});

const going = ref(false);
/** Whether a page is on its way that is not here at once: a link was pressed, and the press is seen. */
export const isGoing = readonly(going);
/** A page that loads sooner needs no sign. */
const soonMs = 80;
let goingSoon: ReturnType<typeof setTimeout> | undefined;

function arrive(): void {
  clearTimeout(goingSoon);
  going.value = false;
}

router.beforeEach(() => {
  clearTimeout(goingSoon);
  goingSoon = setTimeout(() => (going.value = true), soonMs);
});
router.onError(() => {
  arrive();
  failEarlyCard();
});

router.beforeEach(async (to) => {
  const session = useSession();
  // The page's code comes while the server says who this is.
  const page = to.matched.at(-1)?.components?.['default'];
  if (typeof page === 'function') void (page as () => Promise<unknown>)().catch(() => undefined);
  if (!session.asked) {
    // Without an answer the page opens and says so itself.
    await session.start().catch((thrown: unknown) => {
      if (!isRefused(thrown)) console.error(thrown);
    });
  }
  if (!to.meta.open && session.asked && session.me === null)
    return { path: '/sign-in', query: to.fullPath === '/today' ? {} : { to: to.fullPath } };
  if (to.path === '/sign-in' && session.me !== null) return returnPlace(to.query['to']);
  return true;
});

export function showTitle(): void {
  const { t } = i18n.global;
  const page = pageName.value || t(`title.${router.currentRoute.value.meta.title ?? 'today'}`);
  document.title = `${page} · ${t('app.name')}`;
}

router.afterEach((to, from) => {
  arrive();
  void nextTick(showTitle);
  if (to.path !== from.path) document.getElementById('main')?.scrollTo({ top: 0 });
});
