import { describe, expect, it } from '@jest/globals';
import { csvMark, writeCsv } from './csv.rules';

describe('a CSV file', () => {
  const cells = (row: (string | number | null)[]) => writeCsv([row]).replace(/\r\n$/, '');

  it('begins with the mark for Excel and ends every line with CR LF', () => {
    expect(
      csvMark +
        writeCsv([
          ['a', 'b'],
          [1, 2],
        ]),
    ).toBe('\uFEFFa,b\r\n1,2\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(cells(['a,b', 'say "hi"', 'plain'])).toBe('"a,b","say ""hi""",plain');
    expect(writeCsv([['two\nlines']])).toContain('"two\nlines"');
  });

  it('never writes text that a spreadsheet would run', () => {
    expect(cells(['=1+1', '+7', '-7', '@sum', '\tx', '\uFF1D1', '\n=1'])).toBe("'=1+1,'+7,'-7,'@sum,\"'\tx\",'\uFF1D1,\"'\n'=1\"");
  });

  it.each([';', ',', '\t', '|', '"', '\n', '\r\n', '; ', ';;', '";"'])(
    'E7: guards what stands behind %j, wherever a spreadsheet parts cells',
    (separator) => {
      for (const sign of ['=', '+', '-', '@', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20']) {
        const written = cells([`x${separator}${sign}1+1`, `${sign}2`]);
        expect(written).not.toMatch(/(^|[;,\t|"\r\n])\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u);
        expect(written).toContain(`'${sign}1+1`);
      }
    },
  );

  it('E7: leaves a sign alone that begins nothing', () => {
    expect(cells(['a=b', '1-2', 'me@home', 'Anne-Marie'])).toBe('a=b,1-2,me@home,Anne-Marie');
  });

  it('leaves numbers numbers, also below zero, and nothing empty', () => {
    expect(cells([-60, 0, null])).toBe('-60,0,');
  });
});
