import { type PermissionName, useEarly } from '@timebank/contract/client';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { importRoutes } from './imports/import-routes';
import { activityRoutes } from './activities/activity-routes';
import { familyRoutes } from './family/family-routes';
import { reportRoutes } from './reports/report-routes';
import { leadsToNewVersion, openAfterAll, pageStands } from './shared/new-version';
import { useSession } from './shared/session.store';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title: string;
    /** What one must be allowed to do to see the page; the screens behind a sign-in have one. */
    permission?: PermissionName;
    /** Which entry of the navigation is current. */
    section?: string;
  }
}

const routes: RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('./sign-in/SignInPage.vue'), meta: { title: 'signIn.title' } },
  { path: '/welcome', component: () => import('./sign-in/WelcomePage.vue'), meta: { title: 'welcome.title', permission: 'signed in' } },
  {
    path: '/own-sign-in',
    component: () => import('./sign-in/OwnSignInPage.vue'),
    meta: { title: 'ownSignIn.title', permission: 'signed in' },
  },
  {
    path: '/home',
    component: () => import('./home/HomePage.vue'),
    meta: { title: 'home.title', permission: 'staff', section: 'home' },
  },
  {
    path: '/parts',
    component: () => import('./parts/PartsPage.vue'),
    meta: { title: 'parts.title', permission: 'staff' },
  },
  {
    path: '/queue',
    component: () => import('./queue/QueuePage.vue'),
    meta: { title: 'queue.title', permission: 'visits.approve', section: 'queue' },
  },
  {
    path: '/visits',
    component: () => import('./visits/VisitsPage.vue'),
    meta: { title: 'visits.title', permission: 'visits.read', section: 'visits' },
  },
  {
    path: '/visits/past',
    component: () => import('./visits/PastVisitPage.vue'),
    meta: { title: 'past.title', permission: 'visits.enter', section: 'visits' },
  },
  {
    path: '/visits/:visitId',
    component: () => import('./visits/VisitPage.vue'),
    meta: { title: 'visit.title', permission: 'visits.read', section: 'visits' },
  },
  {
    path: '/appeals',
    component: () => import('./visits/AppealsPage.vue'),
    meta: { title: 'appeals.title', permission: 'appeals.read', section: 'appeals' },
  },
  {
    path: '/letters',
    component: () => import('./visits/LettersPage.vue'),
    meta: { title: 'letters.title', permission: 'letters.read', section: 'letters' },
  },
  {
    path: '/waiting',
    component: () => import('./waiting/WaitingPage.vue'),
    meta: { title: 'waiting.title', permission: 'acts.read', section: 'waiting' },
  },
  {
    path: '/requests',
    component: () => import('./requests/RequestsPage.vue'),
    meta: { title: 'requests.title', permission: 'requests.read', section: 'requests' },
  },
  {
    path: '/requests/new',
    component: () => import('./requests/NewRequestPage.vue'),
    meta: { title: 'requests.new', permission: 'requests.write', section: 'requests' },
  },
  {
    path: '/requests/:requestId',
    component: () => import('./requests/RequestPage.vue'),
    meta: { title: 'request.title', permission: 'requests.read', section: 'requests' },
  },
  {
    path: '/week',
    component: () => import('./week/WeekPage.vue'),
    meta: { title: 'week.title', permission: 'week.read', section: 'week' },
  },
  {
    path: '/series',
    component: () => import('./series/SeriesListPage.vue'),
    meta: { title: 'series.title', permission: 'series.read', section: 'series' },
  },
  {
    path: '/series/new',
    component: () => import('./series/NewSeriesPage.vue'),
    meta: { title: 'series.new', permission: 'series.write', section: 'series' },
  },
  {
    path: '/series/:seriesId',
    component: () => import('./series/SeriesPage.vue'),
    meta: { title: 'series.one', permission: 'series.read', section: 'series' },
  },
  ...activityRoutes,
  ...familyRoutes,
  {
    path: '/courses',
    component: () => import('./training/CoursesPage.vue'),
    meta: { title: 'courses.title', permission: 'members.read', section: 'courses' },
  },
  {
    path: '/courses/new',
    component: () => import('./training/NewCoursePage.vue'),
    meta: { title: 'courses.new', permission: 'courses.write', section: 'courses' },
  },
  {
    path: '/courses/:courseId/edit',
    component: () => import('./training/NewCoursePage.vue'),
    meta: { title: 'courses.edit', permission: 'courses.write', section: 'courses' },
  },
  {
    path: '/courses/:courseId',
    component: () => import('./training/CoursePage.vue'),
    meta: { title: 'courses.course', permission: 'members.read', section: 'courses' },
  },
  {
    path: '/qualifications',
    component: () => import('./training/QualificationsPage.vue'),
    meta: { title: 'qualificationKinds.title', permission: 'staff', section: 'qualifications' },
  },
  {
    path: '/members',
    component: () => import('./members/MembersPage.vue'),
    meta: { title: 'members.title', permission: 'members.read', section: 'members' },
  },
  {
    path: '/applications',
    component: () => import('./joining/ApplicationsPage.vue'),
    meta: { title: 'joining.title', permission: 'members.read', section: 'members' },
  },
  {
    path: '/members/new',
    component: () => import('./members/NewMemberPage.vue'),
    meta: { title: 'members.new', permission: 'members.write', section: 'members' },
  },
  {
    path: '/members/:memberId',
    component: () => import('./members/MemberPage.vue'),
    meta: { title: 'member.title', permission: 'members.read', section: 'members' },
  },
  {
    path: '/guests',
    component: () => import('./members/GuestsPage.vue'),
    meta: { title: 'guests.title', permission: 'guests.read', section: 'members' },
  },
  {
    path: '/cards',
    component: () => import('./members/CardsPage.vue'),
    meta: { title: 'cardSheet.title', permission: 'cards.issue', section: 'members' },
  },
  {
    path: '/displays',
    component: () => import('./members/DisplaysPage.vue'),
    meta: { title: 'displays.title', permission: 'cards.read', section: 'members' },
  },
  {
    path: '/ledger/positions',
    component: () => import('./clearing/PositionsPage.vue'),
    meta: { title: 'positions.title', permission: 'ledger.read', section: 'ledger' },
  },
  {
    path: '/ledger/city-positions',
    component: () => import('./clearing/CityPositionsPage.vue'),
    meta: { title: 'positions.city', permission: 'city.read', section: 'ledger' },
  },
  {
    path: '/ledger',
    component: () => import('./ledger/AccountsPage.vue'),
    meta: { title: 'ledger.title', permission: 'ledger.read', section: 'ledger' },
  },
  {
    path: '/ledger/trial-balance',
    component: () => import('./ledger/TrialBalancePage.vue'),
    meta: { title: 'trialBalance.title', permission: 'ledger.read', section: 'ledger' },
  },
  {
    path: '/ledger/grant',
    component: () => import('./ledger/GrantPage.vue'),
    meta: { title: 'grant.title', permission: 'banks.change', section: 'ledger' },
  },
  {
    path: '/ledger/monthly-grants',
    component: () => import('./grants/MonthlyGrantsPage.vue'),
    meta: { title: 'grants.title', permission: 'grants.read', section: 'ledger' },
  },
  {
    path: '/ledger/monthly-grants/:runId',
    component: () => import('./grants/GrantRunPage.vue'),
    meta: { title: 'grants.title', permission: 'grants.read', section: 'ledger' },
  },
  {
    path: '/accounts/:accountId',
    component: () => import('./ledger/AccountPage.vue'),
    meta: { title: 'account.title', permission: 'accounts.read', section: 'ledger' },
  },
  ...reportRoutes,
  {
    path: '/policies',
    component: () => import('./policies/PoliciesPage.vue'),
    meta: { title: 'policies.title', permission: 'policy.read', section: 'policies' },
  },
  {
    path: '/kinds',
    component: () => import('./kinds/KindsPage.vue'),
    meta: { title: 'kinds.title', permission: 'policy.read', section: 'kinds' },
  },
  {
    path: '/insurances',
    component: () => import('./insurances/InsurancesPage.vue'),
    meta: { title: 'insurances.title', permission: 'policy.read', section: 'insurances' },
  },
  ...importRoutes,
  {
    path: '/banks',
    component: () => import('./banks/BanksPage.vue'),
    meta: { title: 'banks.title', permission: 'banks.change', section: 'banks' },
  },
  {
    path: '/documents',
    component: () => import('./documents/DocumentsPage.vue'),
    meta: { title: 'documents.title', permission: 'signed in', section: 'documents' },
  },
  {
    path: '/documents/why',
    component: () => import('./documents/WhyPage.vue'),
    meta: { title: 'documents.why', permission: 'signed in', section: 'documents' },
  },
  {
    path: '/documents/figures',
    component: () => import('./documents/FiguresPage.vue'),
    meta: { title: 'documents.figures', permission: 'signed in', section: 'documents' },
  },
  {
    path: '/documents/:slug',
    component: () => import('./documents/DocumentPage.vue'),
    props: true,
    meta: { title: 'documents.title', permission: 'signed in', section: 'documents' },
  },
  {
    path: '/documents/:slug/:section',
    component: () => import('./documents/SectionPage.vue'),
    props: true,
    meta: { title: 'documents.title', permission: 'signed in', section: 'documents' },
  },
  { path: '/:rest(.*)*', redirect: '/welcome' },
];

export const router = createRouter({
  history: createWebHistory('/console/'),
  routes,
  // A page opened at one of its headings scrolls there itself, once it is shown.
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash === '' ? { top: 0 } : false),
});

/** The page a person begins with. */
function homeOf(session: ReturnType<typeof useSession>): string {
  return session.may('staff') ? '/home' : '/welcome';
}

/** A page's code comes while the server says who is signed in; where it does not come, the way there says so. */
router.beforeEach((to) => {
  for (const { components } of to.matched) {
    const page: unknown = components?.['default'];
    if (typeof page === 'function') void (page as () => Promise<unknown>)().catch(() => undefined);
  }
});
router.beforeEach(async (to) => {
  const session = useSession();
  if (!session.known) await session.load();
  // An early answer to nobody is none for whoever signs in now.
  if (session.me === null) useEarly();
  // Nobody could say who is signed in: the frame says why and tries again.
  if (session.failed) return true;
  if (to.path === '/sign-in') return session.me === null ? true : homeOf(session);
  if (session.me === null) return { path: '/sign-in', query: { next: to.fullPath } };
  const home = homeOf(session);
  if (to.path === '/welcome') return home === '/welcome' ? true : home;
  return to.meta.permission !== undefined && session.may(to.meta.permission) ? true : home;
});
router.beforeEach((to, from) => to.path === from.path || !leadsToNewVersion(router.resolve(to).href));
router.onError((thrown, to) => void openAfterAll(router.resolve(to).href, thrown));
router.afterEach((to, from) => void (to.path === from.path || pageStands()));
