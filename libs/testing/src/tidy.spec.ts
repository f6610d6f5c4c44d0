import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { tables } from '@timebank/database';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const code = tracked.filter((file) => /^(apps|libs)\/.*\.(ts|vue|mjs)$/.test(file));
const sources = code.filter((file) => !file.endsWith('.spec.ts'));
const read = (file: string) => readFileSync(file, 'utf8');

/** Lines of the given files that match, as `file:line`. */
function linesWith(files: string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
  );
}

describe('the house is tidy', () => {
  it('has only its fixed rooms and files at the top', () => {
    const top = [...new Set(tracked.map((file) => file.split('/')[0] as string))].filter((name) => !name.startsWith('.'));
    expect(top.sort()).toEqual([
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'apps',
      'docker',
      'jest.config.js',
      'knip.json',
      'libs',
      'nest-cli.json',
      'package-lock.json',
      'package.json',
      'prisma-free-migrations',
      'tsconfig.json',
    ]);
  });

  it('has a page about every room', () => {
    const rooms = ['apps', 'libs'].flatMap((folder) => readdirSync(folder).map((room) => `${folder}/${room}`));
    expect(rooms.filter((room) => !existsSync(`${room}/README.md`))).toEqual([]);
  });

  it('keeps files within 300 lines, and half of them within 70', () => {
    const lengths = sources.map((file) => ({ file, lines: read(file).split('\n').length }));
    expect(lengths.filter(({ lines }) => lines > 301)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((left, right) => left - right);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(70);
  });

  it('speaks to people only through the locale files', () => {
    expect(linesWith(code, /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u)).toEqual([]);
  });

  it('waits for events, not for time', () => {
    expect(
      linesWith(
        code.filter((file) => file.endsWith('.spec.ts')),
        /setTimeout\(|waitForTimeout\(/,
      ),
    ).toEqual([]);
  });

  it('skips no test and leaves nothing for later', () => {
    expect(
      linesWith(
        code.filter((file) => !file.endsWith('tidy.spec.ts')),
        /(it|describe)\.(skip|only)|TODO|FIXME/,
      ),
    ).toEqual([]);
  });

  it('names no page that is not in the project', () => {
    const named = sources.flatMap((file) => [...read(file).matchAll(/[\w-]+\.md\b/g)].map(([page]) => ({ file, page })));
    expect(named.filter(({ page }) => !['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md'].includes(page))).toEqual([]);
  });

  it('binds every handler to the route table, so that none lacks a permission', () => {
    expect(
      linesWith(
        sources.filter((file) => file.startsWith('apps/api/')),
        /@(Get|Post|Put|Patch|Delete|All|Head|Options)\(/,
      ),
    ).toEqual([]);
  });

  it('writes a table only in the room that owns it', () => {
    const owners = Map.groupBy(Object.keys(tables), (name) => tables[name]?.owner);
    const strangers = [...owners].flatMap(([room, own]) => {
      // A probe of the torture tries what the walls must refuse.
      const isProbe = (file: string) => file === 'apps/bench/src/torture/mutant-probes.ts';
      const others = sources.filter((file) => /^(libs|apps)\//.test(file) && !file.startsWith(`libs/${room}/`) && !isProbe(file));
      return linesWith(others, new RegExp(`\\b(insert into|update|delete from|truncate)\\s+(${own.join('|')})\\b(?!\\s+of\\b)`));
    });
    expect(strangers).toEqual([]);
  });

  it('waits for all of what it asked for together: no branch of a unit of work goes on by itself', () => {
    const rooms = sources.filter((file) => /^libs\/(?!kernel|web-kit|testing)/.test(file) && file !== 'libs/database/src/unit-of-work.ts');
    expect(linesWith(rooms, /Promise\.(all|race|any)\(/)).toEqual([]);
  });

  it('writes visits in one place, which asks the table of their states', () => {
    const others = sources.filter((file) => /^(libs|apps)\//.test(file) && file !== 'libs/visits/src/write-visit.ts');
    // A probe of the torture tries what the walls must refuse.
    const writers = linesWith(others, /\b(insert into|update)\s+visit\b(?!_)/).filter(
      (line) => !line.startsWith('apps/bench/src/torture/'),
    );
    expect(writers).toEqual([]);
  });

  it('uses no ORM shortcut that reads before it writes', () => {
    expect(linesWith(sources, /\.(save|synchronize)\(/)).toEqual([]);
  });

  it('has a lock file without download addresses', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});
