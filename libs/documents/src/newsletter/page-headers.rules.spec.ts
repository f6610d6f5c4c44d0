import { describe, expect, it } from '@jest/globals';
import { type Outline, readNewsletter } from './read-newsletter.rules';

const outline: Outline = {
  documents: [
    {
      slug: 'lane',
      language: 'en',
      title: 'The Lane',
      sections: [
        { slug: 'opening', kind: 'opening', number: null, heading: null },
        { slug: 'north', kind: 'section', number: null, heading: 'North End' },
      ],
    },
  ],
};

function read(...lines: string[]) {
  const reading = readNewsletter(new TextEncoder().encode(['The Lane', '', '     It begins.', ...lines].join('\n')), outline);
  const texts = reading.documents.flatMap(({ sections }) => sections).flatMap(({ passages }) => passages.map(({ text }) => text));
  expect(texts.shift()).toBe('It begins.');
  return { texts, headers: reading.pageHeaders.map(({ text }) => text) };
}

describe('the header of a page', () => {
  it('is taken out of a sentence, and the sentence joined over it', () => {
    expect(read('     The lane goes', 'on and', '', 'Any Header At All', ' on. It ends.')).toEqual({
      texts: ['The lane goes on and on. It ends.'],
      headers: ['Any Header At All'],
    });
    expect(read('     The lane goes on and', '', '', 'News', '', '\fon.').texts).toEqual(['The lane goes on and on.']);
  });

  it('is taken out between sentences where the paragraph goes on without an indent', () => {
    expect(read('     The lane goes on.', '', 'News', ' It ends.')).toEqual({ texts: ['The lane goes on. It ends.'], headers: ['News'] });
  });

  it('is taken out between paragraphs only when it stands elsewhere too', () => {
    expect(read('     It goes', '', 'News', ' on.', '', 'News', '     It ends.')).toEqual({
      texts: ['It goes on.', 'It ends.'],
      headers: ['News', 'News'],
    });
    expect(read('     It goes on.', '', 'A photograph', '\f     It ends.').headers).toEqual([]);
  });

  it('is not the heading of a section, though it stands alone before a page', () => {
    expect(read('     The lane goes on and', '', 'North End', ' It ends.')).toEqual({
      texts: ['The lane goes on and', 'North End', 'It ends.'],
      headers: [],
    });
  });

  it('is no line before a heading, none that ends a sentence, no long one, no item, and none that touches the text before', () => {
    expect(read('     The lane goes on and', '', 'Caption', ' North End', 'It ends.').headers).toEqual([]);
    expect(read('     The lane goes on and', '', 'so it does.', ' It ends.').headers).toEqual([]);
    expect(read('     The lane goes on and', '', 'x'.repeat(61), ' It ends.').headers).toEqual([]);
    expect(read('     The lane goes on and', '', '\u2714 Sweep', ' It ends.').headers).toEqual([]);
    expect(read('     The lane goes on and', 'on and', ' on.').headers).toEqual([]);
  });

  it('leaves no paragraph where blank lines end a page in the middle of a sentence', () => {
    expect(read('     The lane goes on and', '', '\fon. It ends.').texts).toEqual(['The lane goes on and on. It ends.']);
    expect(read('     The lane goes on.', '', '\fIt ends.').texts).toEqual(['The lane goes on.', 'It ends.']);
  });
});
