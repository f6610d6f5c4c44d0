/** Bytes that a name may have and still take an ending: file systems take 255. */
const mostBytes = 230;
/** Letters at the end that stay: the days are there. */
const keptAtEnd = 24;

const bytesOf = (letters: readonly string[]) => new TextEncoder().encode(letters.join('')).length;

/** What every system accepts in a file's name: no folder separators, no shell marks, nothing invisible; too long a name loses its middle. */
export function forFolders(text: string): string {
  const letters = [
    ...text
      .replace(/[\\/:*?"<>|\p{C}]/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim(),
  ];
  while (bytesOf(letters) > mostBytes) letters.splice(-keptAtEnd - 1, 1);
  return letters.join('');
}
