import { expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { readSheet } from 'read-excel-file/node';
import type { Cell } from './cell';
import { rowsXml, sheetEnd, sheetStart, workbookParts } from './xlsx.rules';

const workbook = (rows: Cell[][]) => {
  const sheet = sheetStart([10, 10], 1) + rowsXml(rows.slice(0, 1), 1, true) + rowsXml(rows.slice(1), 2) + sheetEnd;
  const parts = { ...workbookParts('Time & "more"'), 'xl/worksheets/sheet1.xml': sheet };
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)]))));
};

it("E8: a workbook is read by somebody else's program: numbers as numbers, times as times, text as it was and never as a formula", async () => {
  const texts = ['=1+1', '@sum', '<b>&amp;</b> _x0041_ \u{20bb7}', 'two\nlines', ' \u845b ', '-2'];
  const rows = [['Line', 'When'], [{ wallClock: '2026-03-02 09:01' }, -45, null, 0.5], texts];
  expect(await readSheet(workbook(rows), { trim: false })).toEqual([
    ['Line', 'When', null, null, null, null],
    [new Date('2026-03-02T09:01:00Z'), -45, null, 0.5, null, null],
    texts,
  ]);
});
