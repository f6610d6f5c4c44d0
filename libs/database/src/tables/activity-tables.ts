import type { Tables } from './table-row';

const earned = 'says for what minutes were paid';

/** Of events with places. */
export const activityTables: Tables = {
  activity: {
    owner: 'activities',
    readers: '',
    trail: 'values',
    erasure: ['note', 'cancel_note', 'content_hash'],
    stays: { forEver: earned },
  },
  activity_place: { owner: 'activities', readers: '', trail: 'values', erasure: 'deleted', stays: { forEver: earned } },
  activity_attendance: { owner: 'activities', readers: '', trail: 'states', erasure: 'deleted', stays: { forEver: earned } },
};
