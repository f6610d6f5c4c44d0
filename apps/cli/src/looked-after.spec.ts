import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { LookedAfter } from './looked-after';

/** Tells its port, the given one or 4711, and dies when a file says how; `deaf` hears no request to end. */
const child = `
  import { existsSync, readFileSync, rmSync } from 'node:fs';
  const [how, deaf] = [process.env.HOW, process.env.DEAF];
  if (deaf) process.on('SIGTERM', () => undefined);
  else process.on('SIGTERM', () => process.exit(0));
  const dieWhenTold = () => {
    if (!existsSync(how)) return;
    const word = readFileSync(how, 'utf8');
    if (word !== 'at once') rmSync(how);
    if (word === 'kill') process.kill(process.pid, 'SIGKILL');
    process.exit(3);
  };
  dieWhenTold();
  console.log('a line of its own');
  console.log(JSON.stringify({ event: 'listening', port: Number(process.env.PORT) || 4711 }));
  setInterval(dieWhenTold, 10);
`;

describe('a process that is looked after', () => {
  const folder = mkdtempSync(join(tmpdir(), 'timebank-looked-after-'));
  const [entry, how] = [join(folder, 'child.mjs'), join(folder, 'how')];
  const started: LookedAfter[] = [];
  let lines: string[] = [];
  beforeAll(() => writeFileSync(entry, child));
  afterEach(async () => {
    for (const each of started.splice(0)) await each.stop();
    rmSync(how, { force: true });
    lines = [];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const look = (env: NodeJS.ProcessEnv = {}) => {
    const keeping = { name: 'The child', entry, flags: [], env: { ...process.env, HOW: how, PORT: '0', ...env, NODE_OPTIONS: '' } };
    const times = { firstPause: 5, longestPause: 20, sound: 600_000, longestGoodbye: 200 };
    const made = new LookedAfter({ ...keeping, event: 'listening', working: 'child' }, (line) => lines.push(line), times);
    started.push(made);
    return made;
  };
  /** Whole or not at all: a child that looked between the making and the writing of the file read no word in it. */
  const tell = (word: string) => {
    writeFileSync(`${how}.new`, word);
    renameSync(`${how}.new`, how);
  };
  const count = (word: string) => lines.filter((line) => line.includes(word)).length;
  const until = async (found: () => boolean) => {
    for await (const _ of setInterval(10)) if (found()) return;
  };

  it('A1: is begun again when it dies, at the port it had, says so, and waits longer each time', async () => {
    expect(await look().start()).toMatchObject({ port: 4711 });
    for (const [index, word] of ['exit', 'kill', 'exit', 'kill'].entries()) {
      tell(word);
      await until(() => count('child (process') === index + 2);
    }
    const said = lines.filter((line) => line.startsWith('The child'));
    const pauses = ['0.005', '0.01', '0.02', '0.02'];
    const ends = ['exit code 3', 'SIGKILL', 'exit code 3', 'SIGKILL'];
    expect(said).toEqual(pauses.map((pause, index) => `The child ended by itself (${ends[index]}); starting it again in ${pause} s.`));
    expect(count('a line of its own')).toBe(5);
  });

  it('A1: is no longer begun again once it is to end, not even in the pause', async () => {
    const made = look();
    await made.start();
    const processId = Number(/process (\d+)/.exec(lines.join())?.[1]);
    made.expectEnd();
    process.kill(processId, 'SIGTERM');
    expect(await made.stop()).toBe(0);
    tell('at once');
    const other = look();
    other.keep();
    await until(() => count('ended by itself') > 2);
    expect(await other.stop()).toBe(3);
    const dead = lines.length;
    await until(() => true);
    expect(lines).toHaveLength(dead);
  });

  it('A1: that never worked is an error, and one that does not hear is ended', async () => {
    tell('exit');
    await expect(look().start()).rejects.toThrow('The child ended before it worked (exit code 3).');
    const deaf = look({ DEAF: 'yes' });
    await deaf.start();
    expect(await deaf.stop()).toBeNull();
  });
});
