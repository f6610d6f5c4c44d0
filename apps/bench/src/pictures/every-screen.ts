/** Where a screen is: an address, or the first link of that kind on another screen. */
export type Place = string | { on: Place; link: string };
export type Screen = { name: string; at: Place; /** What must be there before it is photographed. */ has?: string };
export type Walk = {
  app: 'phone' | 'desk';
  /** How the title of who looks begins; without one nobody is signed in. */ as?: string;
  screens: readonly Screen[];
};

const first = (on: string, kind: string): Place => ({ on, link: `main a[href^="${kind}/"]:not([href$="/new"]):not([href$="/past"])` });

/** A page of the one that stands first in a list: its edit form, its sheet. */
const under = (on: string, kind: string, page: string): Place => ({ on: first(on, kind), link: `main a[href$="/${page}"]` });

/** What a volunteer, an older person and a stranger see on the phone. */
const phone: Walk[] = [
  { app: 'phone', screens: [{ name: 'sign-in', at: '/sign-in' }] },
  {
    app: 'phone',
    as: 'Volunteer',
    screens: [
      { name: 'today', at: '/today', has: 'a[href^="/scan"]' },
      { name: 'find', at: '/requests' },
      { name: 'request', at: first('/requests', '/requests') },
      { name: 'scan', at: { on: '/today', link: 'a[href^="/scan/"]' }, has: 'video' },
      { name: 'confirmation', at: '/s/CARD', has: 'button.big' },
      { name: 'learn', at: '/scan/learn' },
      { name: 'my-time', at: '/time' },
      { name: 'give', at: '/time/give' },
      { name: 'donate', at: '/time/donate' },
      { name: 'week', at: '/week' },
      { name: 'courses', at: '/courses' },
      { name: 'activities', at: '/activities' },
      { name: 'services', at: '/services' },
      { name: 'visit', at: first('/services', '/visits') },
      { name: 'regular', at: first('/services', '/series') },
      { name: 'messages', at: '/notices' },
      { name: 'availability', at: '/availability' },
      { name: 'pause', at: '/pause' },
      { name: 'relatives', at: '/relatives' },
      { name: 'settings', at: '/settings' },
      { name: 'own-sign-in', at: '/settings/sign-in' },
      { name: 'documents', at: '/documents' },
    ],
  },
  {
    app: 'phone',
    as: 'Client',
    screens: [
      { name: 'client-today', at: '/today' },
      { name: 'help', at: '/help' },
      { name: 'ask', at: '/help/new' },
      { name: 'series', at: first('/help', '/series') },
      { name: 'series-pause', at: under('/help', '/series', 'pause') },
      { name: 'series-end', at: under('/help', '/series', 'end') },
      { name: 'client-services', at: '/services' },
      { name: 'needs', at: '/needs' },
      { name: 'proxies', at: '/proxies' },
      { name: 'family', at: '/family' },
    ],
  },
];

/** What a coordinator, a bank's admin and the city see at the desk. */
const desk: Walk[] = [
  { app: 'desk', screens: [{ name: 'sign-in', at: '/console/sign-in' }] },
  {
    app: 'desk',
    as: 'Coordinator',
    screens: [
      { name: 'home', at: '/console/home', has: '.figure' },
      { name: 'queue', at: '/console/queue' },
      { name: 'queue-yellow', at: '/console/queue?lane=yellow' },
      { name: 'appeals', at: '/console/appeals' },
      { name: 'letters', at: '/console/letters' },
      { name: 'waiting', at: '/console/waiting' },
      { name: 'week', at: '/console/week' },
      { name: 'week-by-client', at: '/console/week?by=client' },
      { name: 'calls', at: '/console/calls' },
      { name: 'silent', at: '/console/silent' },
      { name: 'activities', at: '/console/activities' },
      { name: 'activity', at: first('/console/activities', '/console/activities') },
      { name: 'new-activity', at: '/console/activities/new' },
      { name: 'edit-activity', at: under('/console/activities', '/console/activities', 'edit') },
      { name: 'activity-sheet', at: under('/console/activities', '/console/activities', 'sheet') },
      { name: 'courses', at: '/console/courses' },
      { name: 'course', at: first('/console/courses', '/console/courses') },
      { name: 'edit-course', at: under('/console/courses', '/console/courses', 'edit') },
      { name: 'new-course', at: '/console/courses/new' },
      { name: 'requests', at: '/console/requests', has: 'tbody tr' },
      { name: 'new-request', at: '/console/requests/new' },
      { name: 'request', at: first('/console/requests', '/console/requests') },
      { name: 'series', at: '/console/series' },
      { name: 'one-series', at: first('/console/series', '/console/series') },
      { name: 'new-series', at: '/console/series/new' },
      { name: 'visits', at: '/console/visits', has: 'tbody tr' },
      { name: 'visit', at: first('/console/visits', '/console/visits') },
      { name: 'past-visit', at: '/console/visits/past' },
      { name: 'members', at: '/console/members', has: 'tbody tr' },
      { name: 'member', at: first('/console/members?role=client', '/console/members') },
      { name: 'new-member', at: '/console/members/new' },
      { name: 'guests', at: '/console/guests' },
      { name: 'cards', at: '/console/cards' },
      { name: 'displays', at: '/console/displays' },
      { name: 'parts', at: '/console/parts' },
    ],
  },
  {
    app: 'desk',
    as: 'Bank admin',
    screens: [
      { name: 'admin-home', at: '/console/home' },
      { name: 'accounts', at: '/console/ledger', has: 'tbody tr' },
      { name: 'account', at: first('/console/ledger', '/console/accounts') },
      { name: 'trial-balance', at: '/console/ledger/trial-balance' },
      { name: 'positions', at: '/console/ledger/positions' },
      { name: 'grant', at: '/console/ledger/grant' },
      { name: 'monthly-grants', at: '/console/ledger/monthly-grants' },
      { name: 'reports', at: '/console/reports' },
      { name: 'integrity', at: '/console/integrity' },
      { name: 'policies', at: '/console/policies', has: '[data-rule]' },
      { name: 'kinds', at: '/console/kinds' },
      { name: 'qualifications', at: '/console/qualifications' },
      { name: 'insurances', at: '/console/insurances' },
    ],
  },
  {
    app: 'desk',
    as: 'City admin',
    screens: [
      { name: 'city-home', at: '/console/home' },
      { name: 'city-reports', at: '/console/reports?of=city' },
      { name: 'city-integrity', at: '/console/integrity?of=city' },
      { name: 'banks', at: '/console/banks' },
    ],
  },
];

export const walks: readonly Walk[] = [...phone, ...desk];
