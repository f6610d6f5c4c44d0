import type { RouteRecordRaw } from 'vue-router';

/** The pages of files brought in. */
export const importRoutes: RouteRecordRaw[] = [
  {
    path: '/imports',
    component: () => import('./ImportsPage.vue'),
    meta: { title: 'importing.title', permission: 'imports.run', section: 'imports' },
  },
  {
    path: '/imports/:importId',
    component: () => import('./ImportPage.vue'),
    meta: { title: 'importing.one', permission: 'imports.run', section: 'imports' },
  },
];
