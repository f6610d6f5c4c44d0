import { strFromU8, unzipSync } from 'fflate';

/** Cells of a CSV file (RFC 4180). */
export function csvCells(file: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
  const text = file.replace(/^\uFEFF/, '');
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index] as string;
    if (quoted && letter === '"' && text[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === ',') {
      row.push(cell);
      cell = '';
    } else if (!quoted && letter === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')]);
      [row, cell] = [[], ''];
    } else cell += letter;
  }
  return rows;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>' };
const plainText = (xml: string) =>
  xml
    .replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '?')
    .replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Cells of a workbook's one sheet: text as text, numbers as numbers, by the places that they name. */
export function xlsxCells(file: Uint8Array): (string | number)[][] {
  const sheet = strFromU8(unzipSync(file)['xl/worksheets/sheet1.xml'] as Uint8Array);
  return [...sheet.matchAll(/<row r="(\d+)">(.*?)<\/row>/gs)].map(([, number, cells = ''], index) => {
    if (Number(number) !== index + 1) throw new Error(`row ${number} stands in the place of ${index + 1}`);
    const row: (string | number)[] = Array.from({ length: 13 }, () => '');
    for (const [, column = '', text, value] of cells.matchAll(
      /<c r="([A-Z])\d+"[^>]*>(?:<is><t[^>]*>(.*?)<\/t><\/is>|<v>(.*?)<\/v>)<\/c>/gs,
    )) {
      row[column.charCodeAt(0) - 65] = text === undefined ? Number(value) : plainText(text);
    }
    return row;
  });
}
