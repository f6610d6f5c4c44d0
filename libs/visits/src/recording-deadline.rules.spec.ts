import { expect, it } from '@jest/globals';
import { recordingDeadline } from './recording-deadline.rules';

it.each([
  ['a Monday', '2026-03-02', 10, '2026-03-16'],
  ['a Friday', '2026-03-06', 1, '2026-03-09'],
  ['a Saturday', '2026-03-07', 1, '2026-03-09'],
  ['no days', '2026-03-02', 0, '2026-03-02'],
])('the recording deadline counts working days from %s', (_, day, days, deadline) => {
  expect(recordingDeadline(day, days)).toBe(deadline);
});
