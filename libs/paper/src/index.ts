export type { Cell, WallClock } from './cell';
export { forFolders } from './file-name.rules';
export { ink, openPaper, type Paper } from './paper';
export { unprintable } from './runs';
export { rowsXml, sheetEnd, sheetStart, workbookParts } from './xlsx.rules';
