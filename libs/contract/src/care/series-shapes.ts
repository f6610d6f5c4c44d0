import * as access from '../access/access.messages';
import type { RouteName } from '../paths';
import { empty } from '../primitives';
import type { Shape } from '../shape';
import * as series from './series.messages';

/** A rule, a place and a note, as a script may write them: each character escaped. */
const largestBody = { bytes: 32_768, values: 100 };

/** Needs that come back by themselves. */
export const seriesShapes = {
  listSeries: { query: series.seriesQuery, answer: series.seriesList, summary: 'Series, the newest first' },
  seriesStanding: { answer: series.seriesStanding, summary: "How far the dates of a bank's series are laid" },
  putSeries: {
    body: series.seriesInput,
    largestBody,
    answer: series.series,
    kind: 'put',
    summary: 'Ask for help that comes back by itself',
  },
  getSeries: { answer: series.series, summary: 'A series' },
  patchSeries: { body: series.seriesPatch, largestBody, answer: series.series, summary: 'Change a series from a day on, as previewed' },
  previewSeries: {
    body: series.seriesPreviewInput,
    largestBody,
    answer: series.seriesPreview,
    summary: 'What a change of a series would do',
  },
  pauseSeries: { body: series.seriesPauseInput, answer: series.series, summary: 'Pause a series' },
  resumeSeries: { body: series.seriesResumeInput, answer: series.series, summary: 'End a pause of a series early' },
  skipSeries: { body: series.seriesSkipInput, answer: series.series, summary: 'Leave out one date of a series' },
  endSeries: { body: series.seriesEndInput, answer: series.series, summary: 'End a series' },
  putRegular: { body: empty.optional(), answer: series.series, kind: 'put', summary: 'Let a volunteer belong to a series' },
  deleteRegular: { answer: access.done, summary: 'Let a volunteer belong to a series no longer' },
  giveAwayDate: { body: series.seriesSkipInput, answer: series.series, summary: 'Give one date of a series away' },
} satisfies Partial<Record<RouteName, Shape>>;
