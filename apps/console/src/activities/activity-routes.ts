import type { RouteRecordRaw } from 'vue-router';

/** The pages of activities. */
export const activityRoutes: RouteRecordRaw[] = [
  {
    path: '/activities',
    component: () => import('./ActivitiesPage.vue'),
    meta: { title: 'activities.title', permission: 'members.read', section: 'activities' },
  },
  {
    path: '/activities/new',
    component: () => import('./ActivityFormPage.vue'),
    meta: { title: 'activities.new', permission: 'activities.write', section: 'activities' },
  },
  {
    path: '/activities/:activityId',
    component: () => import('./ActivityPage.vue'),
    meta: { title: 'activities.activity', permission: 'members.read', section: 'activities' },
  },
  {
    path: '/activities/:activityId/edit',
    component: () => import('./ActivityFormPage.vue'),
    meta: { title: 'activities.change', permission: 'activities.write', section: 'activities' },
  },
  {
    path: '/activities/:activityId/sheet',
    component: () => import('./SignInSheet.vue'),
    meta: { title: 'activities.sheet', permission: 'members.read', section: 'activities' },
  },
];
