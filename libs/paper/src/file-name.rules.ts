/** Bytes that a name may have and still take an ending: file systems take 255. */
const mostBytes = 230;
/** Letters at the end that stay: there stand the days. */
const keptAtEnd = 24;

const bytesOf = (letters: readonly string[]) => new TextEncoder().encode(letters.join('')).length;

/** What every system takes in the name of a file: no separators of folders, no marks of the shell, nothing that nobody sees; too long a one loses of its middle. */
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
