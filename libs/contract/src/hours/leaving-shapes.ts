import type { RouteName } from '../paths';
import type { Shape } from '../shape';
import * as leaving from './leaving.messages';
import * as merging from './merging.messages';

/** Members who leave, and members who are one person. */
export const leavingShapes = {
  previewLeaving: { answer: leaving.leavePreview, summary: 'What would end if a member left' },
  leave: {
    body: leaving.leaveInput,
    answer: leaving.left,
    kind: 'put',
    mayWait: true,
    reasonField: 'reason',
    summary: 'See off a member who leaves or has died',
  },
  listDoubles: { answer: merging.doubles, summary: 'Members who may be one person, the likeliest first' },
  previewMerge: { query: merging.mergeQuery, answer: merging.mergePreview, summary: 'What would become of two members who are one person' },
  merge: {
    body: merging.mergeInput,
    answer: merging.merged,
    kind: 'put',
    mayWait: true,
    summary: 'Let a member go on as another who is the same person',
  },
  undoMerge: { body: merging.mergeInput, answer: merging.merged, summary: 'Undo that within seven days' },
} satisfies Partial<Record<RouteName, Shape>>;
