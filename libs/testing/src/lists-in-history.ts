import { execFileSync } from 'node:child_process';

export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** The lines of a file as every commit had them that is here; none where there is no git, or no commit with it yet. A shallow clone has a few. */
export function listsInHistory(file: string): string[][] {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    return linesOf(git('log', '--diff-filter=AM', '--format=%H', '--', file)).map((commit) => linesOf(git('show', `${commit}:${file}`)));
  } catch {
    return [];
  }
}
