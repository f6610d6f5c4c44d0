import type { RouteRecordRaw } from 'vue-router';

export const reportRoutes: RouteRecordRaw[] = [
  {
    path: '/reports',
    component: () => import('./SavedTimePage.vue'),
    meta: { title: 'savedTime.title', permission: 'reports.read', section: 'reports' },
  },
  {
    path: '/integrity',
    component: () => import('./IntegrityPage.vue'),
    meta: { title: 'integrity.title', permission: 'reports.read', section: 'integrity' },
  },
  {
    path: '/changes',
    component: () => import('./ChangesPage.vue'),
    meta: { title: 'changes.title', permission: 'reports.read', section: 'integrity' },
  },
  {
    path: '/history/:thing(members|visits|requests)/:subjectId',
    component: () => import('./HistoryPage.vue'),
    meta: { title: 'changes.history', permission: 'audit.read' },
  },
];
