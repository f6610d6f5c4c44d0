import * as changes from './changes.messages';

export const trailShapes = {
  listChanges: { query: changes.changeQuery, answer: changes.changes, summary: 'What was changed in a bank, newest first, and by whom' },
  listCityChanges: { query: changes.cityChangeQuery, answer: changes.changes, summary: "What was changed of the city's own, newest first" },
} as const;
