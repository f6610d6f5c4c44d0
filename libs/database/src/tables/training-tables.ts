import type { Tables } from './table-row';

const learnt = 'says by what somebody came to a qualification';

/** Of what volunteers learn. */
export const trainingTables: Tables = {
  course: { owner: 'training', readers: '', trail: 'values', erasure: ['note', 'cancel_note', 'content_hash'], stays: { forEver: learnt } },
  course_service_kind: { owner: 'training', readers: '', trail: 'states', erasure: 'kept', stays: { forEver: learnt } },
  course_teacher: {
    owner: 'training',
    readers: '',
    trail: 'states',
    erasure: 'deleted',
    stays: { forEver: 'says for what minutes were paid' },
  },
  course_session: { owner: 'training', readers: '', trail: 'values', erasure: 'kept', stays: { forEver: learnt } },
  course_place: {
    owner: 'training',
    readers: '',
    trail: 'values',
    erasure: 'kept',
    stays: { forEver: 'a draw can be done again by its tickets' },
  },
  course_attendance: { owner: 'training', readers: '', trail: 'states', erasure: 'deleted', stays: { forEver: learnt } },
  course_attendance_change: { owner: 'training', readers: '', trail: 'states', erasure: ['note'], stays: { forEver: learnt } },
  qualification_warning: {
    owner: 'training',
    readers: '',
    trail: { left: 'says only what went out already; the notice is what was told' },
    erasure: 'deleted',
    stays: { forEver: 'no warning goes out twice' },
  },
};
