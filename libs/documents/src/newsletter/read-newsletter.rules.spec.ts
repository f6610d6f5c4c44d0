import { describe, expect, it } from '@jest/globals';
import made from './made-newsletter.json' with { type: 'json' };
import { type Outline, type Reading, readNewsletter } from './read-newsletter.rules';

const outline = made.outline as Outline;
const text = made.lines.join('\n');
const utf8 = (words: string) => new TextEncoder().encode(words);
const read = (words: string) => readNewsletter(utf8(words), outline);
const whole = read(text);
const titles = outline.documents.map(({ title }) => title);
const slugsOf = ({ documents }: Reading) => documents.flatMap(({ sections }) => sections.map(({ slug }) => slug));
const passagesOf = (reading: Reading, slug: string) =>
  reading.documents.flatMap(({ sections }) => sections).find((section) => section.slug === slug)?.passages ?? [];
const textsOf = (reading: Reading, slug: string) => passagesOf(reading, slug).map((passage) => passage.text);
const without = (...numbers: number[]) => read(made.lines.filter((_, index) => !numbers.includes(index + 1)).join('\n'));
const changed = (from: string, to: string) => read(text.replace(from, to));

/** The bytes of a text in one of the older encodings, by asking the decoder for every pair of bytes. */
function encoded(words: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map<string, number[]>();
  for (let byte = 0; byte < 0x80; byte += 1) bytes.set(String.fromCharCode(byte), [byte]);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const letter = decoder.decode(Uint8Array.of(lead, trail));
      if (letter.length === 1 && !bytes.has(letter)) bytes.set(letter, [lead, trail]);
    }
  }
  return Uint8Array.from([...words].flatMap((letter) => bytes.get(letter) ?? [0x3f]));
}

function utf16(words: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 2));
  for (let index = 0; index < words.length; index += 1) view.setUint16(index * 2, words.charCodeAt(index), littleEndian);
  return new Uint8Array(view.buffer);
}

describe('a newsletter', () => {
  it('is read into the passages of its documents and sections', () => {
    expect(whole).toEqual({
      encoding: 'utf-8',
      documents: made.documents,
      missing: [],
      incomplete: [],
      unplaced: [],
      pageHeaders: [
        { line: 37, text: 'Lane Report' },
        { line: 56, text: 'Lane Report' },
      ],
      notes: 5,
      problem: null,
    });
  });

  it('reads the same however its lines end', () => {
    for (const end of ['\r\n', '\r', '\u0085', '\u2028', '\u2029']) expect(read(text.replaceAll('\n', end))).toEqual(whole);
    expect(read(text.trimEnd())).toEqual(whole);
  });

  it('reads the same however its pages begin', () => {
    expect(read(text.replace(/^ (?=[^\s]|\u3000)/gm, '\f'))).toEqual(whole);
    expect(read(text.replace(/^ (?=[^\s]|\u3000)/gm, '\f '))).toEqual(whole);
    expect(read(text.replace(/\n (?=[^\s]|\u3000)/g, '\f'))).toEqual(whole);
    expect(read(text.replace(/\n (?=[^\s]|\u3000)/g, '\f\n'))).toEqual(whole);
  });

  it('reads the same in UTF-8 and UTF-16 with their marks', () => {
    expect(read(`\ufeff${text}`)).toEqual(whole);
    expect(readNewsletter(utf16(`\ufeff${text}`, true), outline)).toEqual({ ...whole, encoding: 'utf-16le' });
    expect(readNewsletter(utf16(`\ufeff${text}`, false), outline)).toEqual({ ...whole, encoding: 'utf-16be' });
  });

  it('reads the same in the older encodings', () => {
    const plain = [...made.lines.slice(0, 21), ...made.lines.slice(57)].join('\n').replaceAll('\u00a0', ' ').replaceAll('\u301c', '\uff5e');
    for (const encoding of ['shift_jis', 'euc-jp', 'gb18030'] as const) {
      expect(readNewsletter(encoded(plain, encoding), outline)).toEqual({ ...read(plain), encoding });
    }
    expect(read(plain).documents).toHaveLength(2);
  });

  it('answers in the order of the outline where the file has another', () => {
    const [report, paper, essay] = [made.lines.slice(0, 21), made.lines.slice(21, 57), made.lines.slice(57)];
    expect(read([...essay, ...paper, ...report].join('\n')).documents).toEqual(whole.documents);
  });
});

describe('headings', () => {
  it('are found wrapped, with tabs, and with other quotes, dashes and widths', () => {
    expect(textsOf(whole, 'baking')[1]).toBe(outline.documents[0]?.sections[2]?.heading);
    expect(changed('\t\u0049T', '\uff29\uff34').documents[0]?.sections).toHaveLength(6);
    expect(changed('1.Common Ground', '  1  Common\n  Ground').missing).toEqual([]);
    expect(changed('2. Outlook', 'Outlook').missing).toEqual([]);
  });

  it('of a chapter stand before the section that follows, or with their own text', () => {
    expect(passagesOf(whole, 'baking').map(({ kind }) => kind)).toEqual(['heading', 'heading', 'paragraph', 'paragraph']);
    const own = changed('\n\u25c7\tIT', '\n\uff08\uff19\uff09\u3042\n\u3000\u3044\u3002\n\u25c7\tIT');
    expect(textsOf(own, 'baking').slice(-2)).toEqual(['\uff08\uff19\uff09\u3042', '\u3044\u3002']);
  });

  it('that the outline does not know leave their lines unplaced', () => {
    const reading = changed('\u25c7\tIT', '\u25c7\u3042');
    expect(reading.missing).toEqual([{ document: 'green-town-meeting', section: 'tools' }]);
    expect(reading.unplaced.map(({ line }) => line)).toEqual([16, 17]);
    expect(textsOf(reading, 'baking')).toEqual(textsOf(whole, 'baking'));
  });

  it('in the middle of a sentence are none', () => {
    const reading = changed('look for win-', 'look in their\nLanes\nfor win-');
    expect(textsOf(reading, 'ground')[1]).toBe('They are anti-nuclear and look in their Lanes for win-win deals.');
    expect(textsOf(reading, 'lanes')).toEqual(textsOf(whole, 'lanes'));
  });

  it('need no text where all of it is in the sections under them', () => {
    expect(without(43, 44, 45).incomplete).toEqual([]);
    expect(without(53, 54, 55, 56).incomplete).toEqual([]);
    expect(without(49, 50, 51, 47, 48, 46).incomplete).toEqual([{ document: 'neighbours', section: 'lanes' }]);
  });
});

describe('the front of a document', () => {
  it('gives what is no byline to the section that the outline foresees for it', () => {
    const reading = without(29, 30, 31, 32, 33, 34);
    expect(reading.missing).toEqual([{ document: 'neighbours', section: 'abstract' }]);
    expect(textsOf(reading, 'introduction')).toEqual(textsOf(whole, 'introduction'));
    expect(textsOf(reading, 'overview')).toEqual(textsOf(whole, 'overview'));
  });

  it('leaves lines unplaced that stand before the first title, or that the outline foresees nothing for', () => {
    expect(read(`Volume 5\n\n${text}`).unplaced).toEqual([{ line: 1, text: 'Volume 5' }]);
    const stray = changed('ABSTRACT:', 'A note of the editors stands here, and it ends.\n\nABSTRACT:');
    expect(stray.unplaced).toEqual([{ line: 29, text: 'A note of the editors stands here, and it ends.' }]);
    expect(stray.documents).toEqual(whole.documents);
  });

  it('takes the first passage for the abstract where no key words end it', () => {
    const reading = without(32, 33);
    expect(textsOf(reading, 'abstract')).toHaveLength(2);
    expect(textsOf(reading, 'introduction')).toEqual(textsOf(whole, 'introduction'));
  });
});

describe('a newsletter that was cut', () => {
  const upTo = (line: number, length: number) =>
    read([...made.lines.slice(0, line - 1), made.lines[line - 1]?.slice(0, length)].join('\n'));

  it('says which section breaks off, and what is missing', () => {
    const reading = upTo(17, 5);
    expect(slugsOf(reading)).toEqual(['overview', 'opening', 'baking', 'tools']);
    expect(reading.incomplete).toEqual([{ document: 'green-town-meeting', section: 'tools' }]);
    expect(reading.missing).toEqual([
      { document: 'green-town-meeting', section: 'summary' },
      { document: 'green-town-meeting', section: 'visit' },
      { document: 'neighbours', section: null },
      { document: 'oak-lane', section: null },
    ]);
  });

  it('leaves the beginning of a heading or title unplaced rather than adding it to the text before', () => {
    for (const [line, length] of [
      [8, 9],
      [7, 8],
      [45, 8],
      [41, 9],
      [22, 8],
      [58, 6],
    ] as const) {
      const reading = upTo(line, length);
      expect(reading.unplaced.map((unplaced) => unplaced.line)).toContain(line);
      expect(reading.incomplete).toEqual([]);
    }
  });

  it('reads up to a character that was cut in two', () => {
    const bytes = utf8(text);
    const at = utf8(made.lines.slice(0, 3).join('\n')).length - 1;
    expect(readNewsletter(bytes.subarray(0, at), outline).incomplete).toEqual([{ document: 'green-town-meeting', section: 'opening' }]);
  });

  it('breaks off in its key words, and in a heading that no text follows', () => {
    expect(upTo(32, 15).incomplete).toEqual([{ document: 'neighbours', section: 'abstract' }]);
    expect(upTo(53, 10).incomplete).toEqual([{ document: 'neighbours', section: 'outlook' }]);
  });

  it('is read wherever it is cut, as nothing that the whole has not', () => {
    const bytes = utf8(text);
    const known = new Set(slugsOf(whole));
    for (let length = 1; length < bytes.length; length += 1) {
      const reading = readNewsletter(bytes.subarray(0, length), outline);
      expect(slugsOf(reading).filter((slug) => !known.has(slug))).toEqual([]);
      expect(reading.pageHeaders.length).toBeLessThanOrEqual(whole.pageHeaders.length);
    }
  });
});

describe('what is not the newsletter', () => {
  const problemOf = (bytes: Uint8Array) => {
    const { problem, encoding, documents, missing, unplaced } = readNewsletter(bytes, outline);
    expect([documents, unplaced, missing.length]).toEqual([[], [], outline.documents.length]);
    return [problem, encoding];
  };

  it('is named: nothing, no text, another text, an encoding that is not known', () => {
    expect(problemOf(new Uint8Array())).toEqual(['empty', null]);
    expect(problemOf(utf8('\ufeff \n\t\f'))).toEqual(['empty', null]);
    expect(problemOf(utf8(`\u0000${text}`))).toEqual(['binary', null]);
    expect(problemOf(utf8(`${'\u0001\u0002'.repeat(50)}${text}`))).toEqual(['binary', null]);
    expect(problemOf(utf8('Another newsletter.'))).toEqual(['not_this_newsletter', 'utf-8']);
    expect(problemOf(utf8(titles.join(' ')))).toEqual(['not_this_newsletter', 'utf-8']);
    expect(problemOf(utf16('\ufeffAnother.', true))).toEqual(['not_this_newsletter', 'utf-16le']);
    expect(problemOf(Uint8Array.of(0x61, 0xff, 0x20, 0xff, 0x20))).toEqual(['unknown_encoding', null]);
  });

  it('never throws, whatever the bytes are', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const starts = [[], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], ...titles.map((title) => [...utf8(`${title}\n`)])];
    for (let round = 0; round < 700; round += 1) {
      const least = round % 2 === 0 ? 0 : 0x20;
      const bytes = Array.from({ length: Math.floor(random() * 300) }, () => least + Math.floor(random() * (256 - least)));
      const reading = readNewsletter(Uint8Array.from([...(starts[round % starts.length] as number[]), ...bytes]), outline);
      expect(reading.problem === null).toBe(reading.documents.length > 0);
    }
    for (let round = 0; round < 300; round += 1) {
      const lines = Array.from({ length: 80 }, () =>
        (made.lines[Math.floor(random() * made.lines.length)] as string).slice(Math.floor(random() * 9)),
      );
      expect(read([titles[round % 3], ...lines].join('\n')).documents.length).toBeGreaterThan(0);
    }
  });

  it('takes time in proportion to its length', () => {
    const pieces = ['x\n\n', 'x\n\n y\n', '(1)\n\n', 'a-\n', '\u25c7\u3042\n', 'Key Words: \n\n', '\u2714 a\n', ' \t', 'a-b'];
    for (const piece of pieces) {
      const bytes = utf8(`${titles[1]}\n\nABSTRACT: ${piece.repeat(300_000 / piece.length)}`);
      // For what grows with the square of the length; a busy machine has its time.
      const start = performance.now();
      expect(readNewsletter(bytes, outline).problem).toBeNull();
      expect(performance.now() - start).toBeLessThan(60_000);
    }
  });
});
