/** What every system takes in the name of a file: no separators of folders, no marks of the shell, nothing that nobody sees. */
export const forFolders = (text: string) =>
  text
    .replace(/[\\/:*?"<>|\p{C}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
