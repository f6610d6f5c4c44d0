import { describe, expect, it } from '@jest/globals';
import { catalogue, labelsOf, languageFiles } from './catalogue';
import { citeAs } from './cite.rules';
import { showFigure, showYear } from './figures.rules';

const labels = labelsOf(languageFiles.en, catalogue);
const figure = { value: 30, upper: null, qualifier: 'exact', unit: 'organizations', year: 2019, forecast: false };

describe('a figure in words', () => {
  it.each([
    [{ ...figure, qualifier: 'about' }, 'about 30 organizations'],
    [{ ...figure, value: 48.6, unit: 'percent' }, '48.6%'],
    [{ ...figure, value: 0.001, unit: 'percent' }, '0.001%'],
    [{ ...figure, value: 767_000, qualifier: 'over' }, 'over 767,000 organizations'],
    [{ ...figure, value: 10_000_000, unit: 'participations' }, '10 million participations'],
    [{ ...figure, value: 100_000_000_000, unit: 'dollars-a-year', qualifier: 'almost' }, 'almost 100 billion dollars a year'],
    [{ ...figure, value: 50, upper: 65, unit: 'years-of-age' }, '50–65 years of age'],
    [{ ...figure, value: 1983, unit: 'date' }, '1983'],
    [{ ...figure, value: 2017, upper: 2020, unit: 'date' }, '2017–2020'],
    [{ ...figure, value: 120, qualifier: 'at-least', unit: 'events' }, '120 events or more'],
  ])('%j is %s', (given, shown) => {
    expect(showFigure('en', labels, given)).toBe(shown);
  });

  it('tells its year, that it was foretold, or that the source gives none', () => {
    expect(showYear(labels, figure)).toBe('2019');
    expect(showYear(labels, { ...figure, year: 2050, forecast: true })).toBe('2050 (forecast)');
    expect(showYear(labels, { ...figure, year: null })).toBe(labels.undated);
  });
});

describe('a line to cite by', () => {
  const document = { authors: ['A. Author'], title: 'Report', startsOn: '2019-10-28', endsOn: '2019-10-29', section: null };

  it('names the author, the document and its days', () => {
    expect(citeAs(document)).toBe('A. Author. Report. 2019-10-28/2019-10-29.');
    expect(citeAs({ ...document, authors: [], startsOn: null, endsOn: null })).toBe('Report.');
  });

  it('names the speaker and the heading of a section, with its number', () => {
    const section = { heading: 'Scale', number: '3.3', speakers: ['S. Speaker'] };
    expect(citeAs({ ...document, section })).toBe('S. Speaker. “3.3 Scale”. Report. 2019-10-28/2019-10-29.');
    expect(citeAs({ ...document, section: { ...section, number: null, speakers: [] } })).toBe(
      'A. Author. “Scale”. Report. 2019-10-28/2019-10-29.',
    );
    expect(citeAs({ ...document, section: { heading: null, number: null, speakers: [] } })).toBe(
      'A. Author. Report. 2019-10-28/2019-10-29.',
    );
  });
});
