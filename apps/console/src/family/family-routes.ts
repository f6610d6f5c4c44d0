import type { RouteRecordRaw } from 'vue-router';

/** The pages of the people around a client. */
export const familyRoutes: RouteRecordRaw[] = [
  {
    path: '/calls',
    component: () => import('./IntakePage.vue'),
    meta: { title: 'intake.title', permission: 'calls.take', section: 'calls' },
  },
  {
    path: '/silent',
    component: () => import('./SilentPage.vue'),
    meta: { title: 'silent.title', permission: 'queue.read', section: 'silent' },
  },
];
