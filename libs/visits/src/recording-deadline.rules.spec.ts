import { expect, it } from '@jest/globals';
import { dueToRecord, recordingDeadline } from './recording-deadline.rules';

it.each([
  ['a Monday', '2026-03-02', 10, '2026-03-16'],
  ['a Friday', '2026-03-06', 1, '2026-03-09'],
  ['a Saturday', '2026-03-07', 1, '2026-03-09'],
  ['no days', '2026-03-02', 0, '2026-03-02'],
])('the recording deadline counts working days from %s', (_, day, days, deadline) => {
  expect(recordingDeadline(day, days)).toBe(deadline);
});

it.each([
  // Ten working days after a Tuesday to a Thursday two weeks ago is from today to the day after tomorrow.
  ['a Tuesday', '2026-03-17', 10, { from: '2026-03-03', to: '2026-03-05' }],
  ['a Friday, and the weekend whose working days begin on Monday', '2026-03-20', 10, { from: '2026-03-06', to: '2026-03-08' }],
  ['a Monday, due are Monday to Wednesday, and the weekend before', '2026-03-16', 1, { from: '2026-03-13', to: '2026-03-16' }],
  ['no days', '2026-03-02', 0, { from: '2026-03-02', to: '2026-03-02' }],
])('what has to be recorded within three days is found from %s', (_, today, days, due) => {
  expect(dueToRecord(today, days, 3)).toEqual(due);
});
