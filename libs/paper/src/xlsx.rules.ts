import type { Cell } from './cell';

const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const dayMilliseconds = 86_400_000;
/** Day 0 of a workbook's dates, right for every day from March 1900 on. */
const dayZero = Date.UTC(1899, 11, 30);

const styles = { plain: 0, clock: 1, head: 2, guarded: 3 };

/** Text as XML, with signs that XML cannot hold written the way workbooks do. */
function xmlText(text: string): string {
  if (/^[\x20-\x25\x27-\x3B\x3D\x3F-\x5E\x60-\x7E\u00A0-\uFFFD]*$/.test(text)) return text;
  return text
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (sign) =>
      sign === '\t' || sign === '\n' ? sign : `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** The number by which a workbook knows a wall-clock time. */
function daysOf(wallClock: string): number {
  return (Date.parse(`${wallClock.replace(' ', 'T')}:00Z`) - dayZero) / dayMilliseconds;
}

function cellXml(cell: Cell, place: string, head: boolean): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') return `<c r="${place}" s="${styles.clock}"><v>${daysOf(cell.wallClock)}</v></c>`;
  // Text never runs as a formula here; the mark of quoted text keeps it so when a cell is edited or copied.
  const style = head ? styles.head : /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? styles.guarded : styles.plain;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
}

/** Rows of at most 26 cells, of which the first has the given number. */
export function rowsXml(rows: readonly (readonly Cell[])[], first: number, head = false): string {
  const cells = (row: readonly Cell[], number: number) =>
    row.map((cell, index) => cellXml(cell, `${String.fromCharCode(65 + index)}${number}`, head)).join('');
  return rows.map((row, index) => `<row r="${first + index}">${cells(row, first + index)}</row>`).join('');
}

/** The beginning of a sheet: the first rows stay in sight, columns have the given widths in characters. */
export function sheetStart(widths: readonly number[], rowsInSight: number): string {
  const columns = widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('');
  const pane = `<pane ySplit="${rowsInSight}" topLeftCell="A${rowsInSight + 1}" activePane="bottomLeft" state="frozen"/>`;
  return `${declaration}<worksheet xmlns="${namespace}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${columns}</cols><sheetData>`;
}

export const sheetEnd = '</sheetData></worksheet>';

/** Every part of a workbook of one sheet but the sheet itself (`xl/worksheets/sheet1.xml`). */
export function workbookParts(sheetName: string): Record<string, string> {
  const name = xmlText(sheetName.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)).replaceAll('"', '&quot;');
  const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const part = (path: string, type: string) => `<Override PartName="${path}" ContentType="${main}.${type}+xml"/>`;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${relationships}/${type}" Target="${target}"/>`;
  return {
    '[Content_Types].xml': `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part('/xl/workbook.xml', 'sheet.main')}${part('/xl/worksheets/sheet1.xml', 'worksheet')}${part('/xl/styles.xml', 'styles')}</Types>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="${packages}/relationships">${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${declaration}<workbook xmlns="${namespace}" xmlns:r="${relationships}"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="${packages}/relationships">${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': `${declaration}<styleSheet xmlns="${namespace}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf numFmtId="164" xfId="0" applyNumberFormat="1"/><xf fontId="1" xfId="0" applyFont="1"/><xf xfId="0" quotePrefix="1"/></cellXfs></styleSheet>`,
  };
}
