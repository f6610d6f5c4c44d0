import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

let head: string | undefined;

/** The commit that is tested; a copy without its history is like any one commit. */
function commit(): string {
  try {
    head ??= execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    head = '';
  }
  return head;
}

/**
 * One of `parts` parts of what is too much for every run: another with each commit, the same however often it is tested. What is drawn under two names
 * is drawn independently; under one name, the parts of turns 0 to `parts` - 1 are all. With DRAW=all every part is everything.
 */
export function drawn<Thing>(name: string, things: readonly Thing[], parts: number, turn = 0): Thing[] {
  if (process.env['DRAW'] === 'all') return [...things];
  const part = createHash('sha256').update(`${name} ${commit()}`).digest().readUInt32BE() + turn;
  return things.filter((_, place) => place % parts === part % parts);
}
