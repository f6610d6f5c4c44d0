/** A code as the product draws it: its modules, dark or not, and how large one is printed. */
export type PrintedCode = { text: string; modules: number; dark: Uint8Array; moduleMillimetres: number; quietModules: number };

/** Reads the picture that the product makes of a code back into modules, so that what is photographed here is what is printed there. */
export function readDrawing(text: string, svg: string): PrintedCode {
  const [, width, box] = /width="([\d.]+)mm".*viewBox="0 0 (\d+) \2"/.exec(svg) ?? [];
  const path = /<path stroke="#000000" d="([^"]+)"/.exec(svg)?.[1];
  if (width === undefined || box === undefined || path === undefined) throw new Error('the drawing of a code has changed');
  const all = Number(box);
  const whole = new Uint8Array(all * all);
  let [x, y] = [0, 0.5];
  for (const [, verb, first, second] of path.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    if (verb === 'h') {
      whole.fill(1, Math.floor(y) * all + x, Math.floor(y) * all + x + Number(first));
      x += Number(first);
    } else {
      x = verb === 'M' ? Number(first) : x + Number(first);
      y = verb === 'M' ? Number(second) : y + Number(second ?? 0);
    }
  }
  const quietModules = Math.floor(whole.indexOf(1) / all);
  const modules = all - 2 * quietModules;
  const dark = new Uint8Array(modules * modules);
  for (let row = 0; row < modules; row += 1) {
    const start = (row + quietModules) * all + quietModules;
    dark.set(whole.subarray(start, start + modules), row * modules);
  }
  return { text, modules, dark, moduleMillimetres: Number(width) / all, quietModules };
}

const cell = 1.1;

/** Where the product prints its lines of words on the card. */
const lines: readonly [top: number, height: number, halfWidth: number][] = [
  [10, 5, 30],
  [82, 5, 40],
  [96, 4, 25],
  [102, 8, 30],
  [120, 4, 25],
  [126, 8, 35],
];

/** Whether there is ink of the words on the card: strokes like those of characters. */
function isWord(fromTop: number, fromMiddle: number): boolean {
  const line = lines.find(([top, height]) => fromTop >= top && fromTop < top + height);
  if (!line || Math.abs(fromMiddle) > line[2]) return false;
  const size = line[1] / 5;
  const [column, row] = [Math.floor((fromMiddle + 60) / (cell * size)), Math.floor((fromTop - line[0]) / size)];
  if (column % 6 === 5) return false;
  return (Math.imul(column * 31 + row * 17 + line[0] * 7, 0x9e3779b1) >>> 28) % 2 === 1;
}

/** Of the A6 card: width and height, and where the code begins, in millimetres. */
const card = { width: 105, height: 148, codeTop: 27 };

export type Surface = (x: number, y: number) => 'ink' | 'paper' | 'nothing';

/** What is on a sheet at a place, in millimetres from the middle of its code; `quiet` is how much white is left around the code. */
export function sheetOf(printed: PrintedCode, onScreen: boolean, quiet: readonly number[] | null): Surface {
  const { modules, dark, moduleMillimetres } = printed;
  const half = (modules * moduleMillimetres) / 2;
  const [top, right, bottom, left] = quiet ?? [99, 99, 99, 99];
  const edge = (modulesLeft = 0) => half + modulesLeft * moduleMillimetres;
  const margin = onScreen ? half + printed.quietModules * moduleMillimetres + 4 : 0;
  return (x, y) => {
    if (x > edge(right) || x < -edge(left) || y > edge(bottom) || y < -edge(top)) return 'nothing';
    if (Math.abs(x) < half && Math.abs(y) < half) {
      const [column, row] = [Math.floor((x + half) / moduleMillimetres), Math.floor((y + half) / moduleMillimetres)];
      return dark[row * modules + column] ? 'ink' : 'paper';
    }
    if (onScreen) return Math.abs(x) > margin || Math.abs(y) > margin ? 'nothing' : 'paper';
    const fromTop = y + half + card.codeTop;
    if (Math.abs(x) > card.width / 2 || fromTop < 0 || fromTop > card.height) return 'nothing';
    return isWord(fromTop, x) ? 'ink' : 'paper';
  };
}
