import { expect, it } from '@jest/globals';
import { drawPdf, drawSvg, moduleSize } from './draw-card';
import { drawCardSheet } from './draw-card-sheet';

const url = 'https://timebank.nanjing.example/s/ABCDEFGH01234567';

it.each([29, 33, 37, 41])('a code of %d modules is 40 to 50 mm wide, its modules at least 1.2 mm', (modules) => {
  expect(moduleSize(modules)).toBeGreaterThanOrEqual(1.2);
  expect(moduleSize(modules) * modules).toBeGreaterThanOrEqual(40);
  expect(moduleSize(modules) * modules).toBeLessThanOrEqual(50);
});

it('the picture has its printed size with four quiet modules around', async () => {
  const svg = await drawSvg(url);
  const [, width, box] = /width="([\d.]+)mm".*viewBox="0 0 (\d+) \2"/.exec(svg) ?? [];
  expect(Number(width) / Number(box)).toBeCloseTo(moduleSize(Number(box) - 8), 2);
});

it('the card to print is a small PDF with the few glyphs it needs', async () => {
  const pdf = await drawPdf({ url, code: 'ABCD1234', bankName: 'Drum Tower', bankPhone: '025-83330000' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.length).toBeLessThan(60_000);
});

it('a hundred cards are 25 pages after a list of four, in one file', async () => {
  const card = { url, code: 'ABCD1234', name: 'Sun Yumei', memberNumber: 'M00000012', homeAddress: 'Ninghai Road 12, flat 502' };
  const sheet = { bankName: 'Drum Tower', bankPhone: '025-83330000', cards: Array.from({ length: 100 }, () => card) };
  const pdf = await drawCardSheet(sheet);
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(29);
  expect(pdf.length).toBeLessThan(1_500_000);
});
