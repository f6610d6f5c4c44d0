import { beforeAll, describe, expect, it } from '@jest/globals';
import { forumNewsletter } from '@timebank/testing';
import catalogue from '../../catalogue/catalogue.json' with { type: 'json' };
import { type Outline, type Passage, type Reading, readNewsletter } from './read-newsletter.rules';

const file = forumNewsletter('reading the real newsletter');
const whereGiven = file === null ? describe['skip'] : describe;

const outline = catalogue as Outline;
const read = (text: string) => readNewsletter(new TextEncoder().encode(text), outline);

/** Everything without white space, the marks of footnotes back in their places. */
function printed({ text, notes }: Passage): string {
  const marked = notes.toReversed().reduce((whole, { mark, at }) => `${whole.slice(0, at)}${mark}${whole.slice(at)}`, text);
  return marked.replace(/\s/g, '');
}

/** The pieces of `whole` that are not in `part`, which has nothing else. */
function leftOut(whole: string, part: string): string[] {
  const pieces: string[] = [];
  let place = 0;
  for (let at = 0; at < whole.length;) {
    if (whole[at] === part[place]) [at, place] = [at + 1, place + 1];
    else {
      let end = at + 1;
      while (end < whole.length && whole.slice(end, end + 12) !== part.slice(place, place + 12)) end += 1;
      pieces.push(whole.slice(at, end));
      at = end;
    }
  }
  expect(place).toBe(part.length);
  return pieces;
}

whereGiven('the newsletter that the catalogue is about', () => {
  let text: string;
  let reading: Reading;
  let passages: Passage[];
  beforeAll(() => {
    text = (file as Buffer).toString('utf8');
    reading = readNewsletter(file as Buffer, outline);
    passages = reading.documents.flatMap(({ sections }) => sections).flatMap((section) => section.passages);
  });

  it('is found whole: every document, every section, every line', () => {
    const { documents, ...rest } = reading;
    expect(documents.map(({ slug, sections }) => [slug, sections.map((section) => section.slug)])).toEqual(
      outline.documents.map(({ slug, sections }) => [slug, sections.map((section) => section.slug)]),
    );
    expect(rest).toEqual({
      encoding: 'utf-8',
      missing: [],
      incomplete: [],
      unplaced: [],
      pageHeaders: [
        { line: 282, text: 'World Report' },
        { line: 894, text: 'CSOs Across the World' },
      ],
      notes: 20,
      problem: null,
    });
  });

  it('loses nothing but headers of pages, numbers, diamonds and marks of items', () => {
    const pieces = leftOut(text.replace(/\s/g, ''), passages.map(printed).join(''));
    const isMark = (piece: string) => /^(?:\u25c7|\uff08\uff15\uff09|:|\d\.|\d\.\d|\u2714\ufe0e?)$/u.test(piece);
    expect(pieces.filter((piece) => !isMark(piece))).toEqual(['WorldReport', 'CSOsAcrosstheWorld']);
    expect(pieces).toHaveLength(42);
  });

  it('has every figure of the catalogue in its section', () => {
    const textOf = (document: string, section: string) =>
      reading.documents
        .find(({ slug }) => slug === document)
        ?.sections.find(({ slug }) => slug === section)
        ?.passages.map((passage) => passage.text)
        .join('\n');
    const missing = catalogue.figures.filter(
      ({ document, section, printed: characters }) => !textOf(document, section)?.includes(characters),
    );
    expect(missing.map(({ slug }) => slug)).toEqual([]);
    expect(catalogue.figures.length).toBeGreaterThan(50);
  });

  it('has the characters and passages that were counted when it was read against its file', () => {
    const counts = reading.documents.map(({ sections }) => {
      const own = sections.flatMap((section) => section.passages);
      return [own.length, own.reduce((sum, passage) => sum + [...passage.text].length, 0)];
    });
    expect(counts).toEqual([
      [58, 6671],
      [83, 47019],
      [8, 1783],
    ]);
    const ofKind = (kind: string) => passages.filter((passage) => passage.kind === kind).length;
    expect(['heading', 'paragraph', 'item', 'byline', 'caption'].map(ofKind)).toEqual([43, 96, 4, 4, 2]);
  });

  it('has its footnotes in their order, the one glued to a number too', () => {
    expect(passages.flatMap(({ notes }) => notes.map(({ mark }) => mark))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const behind = passages.flatMap((passage) => passage.notes.map(({ at }) => passage.text.slice(Math.max(0, at - 8), at)));
    expect(behind[6]).toBe('ources.\u201d');
    expect(behind[13]).toBe('d 767000');
    const glued = passages.flatMap((passage) => [...passage.text.matchAll(/[\p{Script=Latin}\p{Pf}]\d+/gu)].map(([found]) => found));
    expect(new Set(glued)).toEqual(new Set(['G20']));
  });

  it('reads without tabs, double spaces, headers of pages and broken words', () => {
    for (const passage of passages) {
      expect(passage.text).not.toMatch(/[\t\n\u00a0]|\s\s|^\s|\s$|World Report|CSOs Across|\p{L}- |\u2714|\ufe0e|\u25c7/u);
      expect(passage.text).not.toMatch(/[\u3041-\u30ff\u4e00-\u9fff] | [\u3041-\u30ff\u4e00-\u9fff]/);
    }
    const texts = passages.map((passage) => passage.text).join('\n');
    for (const compound of [
      'anti-nuclear',
      'featuring win-win',
      'inter-departmental',
      'HUG IN\u306e\u30a2\u30d7\u30ea',
      'Tete A Tete\u30aa\u30da\u30e9',
    ]) {
      expect(texts).toContain(compound);
    }
  });

  it('ends each paragraph and item with a sentence, but for key words, an address and what leads to a list', () => {
    const open = passages.filter(
      ({ kind, text: own }) => /^(?:paragraph|item)$/.test(kind) && !/[.?!\u3002\uff1f]["\u201d)\u300d]?$/.test(own),
    );
    expect(open.map((passage) => passage.text.slice(-12))).toEqual([
      'l Governance',
      'ernance are:',
      'acteristics:',
      ' as follows:',
      'ndation.org/',
    ]);
  });

  it('knows the language of its passages', () => {
    const [report, paper, essay] = reading.documents.map(({ sections }) => sections.flatMap((section) => section.passages));
    expect(new Set(report?.map(({ language }) => language))).toEqual(new Set(['ja']));
    expect(new Set(paper?.map(({ language }) => language))).toEqual(new Set(['en']));
    expect(essay?.map(({ language }) => language)).toEqual(['en', 'en', 'ja', 'ja', 'ja', 'ja', 'ja', 'en']);
  });

  it('reads the same with other line ends, pages and encodings', () => {
    for (const end of ['\r\n', '\r', '\u0085', '\u2028']) expect(read(text.replaceAll('\n', end))).toEqual(reading);
    expect(read(`\ufeff${text}`)).toEqual(reading);
    expect(read(text.replace(/^ (?=\S|\u3000)/gm, '\f'))).toEqual(reading);
    const littleEndian = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(readNewsletter(littleEndian, outline)).toEqual({ ...reading, encoding: 'utf-16le' });
    expect(readNewsletter(Buffer.from(littleEndian).swap16(), outline)).toEqual({ ...reading, encoding: 'utf-16be' });
  });

  it('says what is missing when it was cut in the middle', () => {
    const cut = read(text.slice(0, text.indexOf('Hoshino')));
    expect(cut.documents.map(({ sections }) => sections.length)).toEqual([19, 5]);
    expect(cut.incomplete).toEqual([]);
    expect(cut.missing).toHaveLength(19);
    expect(cut.missing.at(-1)).toEqual({ document: 'azuki-foundation', section: null });
    expect(read(text.slice(0, text.indexOf('Mitsuaki'))).incomplete).toEqual([
      { document: 'social-organizations-going-overseas', section: 'state-centered-governance' },
    ]);
  });
});
