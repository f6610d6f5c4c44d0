import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { paths } from '@timebank/contract';
import { tables } from '@timebank/database';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const code = tracked.filter((file) => /^(apps|libs)\/.*\.(ts|vue|mjs)$/.test(file));
const sources = code.filter((file) => !file.endsWith('.spec.ts'));
/** The schema. Once released a file never changes, so what was longer before is named. */
const schema = tracked.filter((file) => file.endsWith('.sql'));
const read = (file: string) => readFileSync(file, 'utf8');

/** Lines of the given files that match, as `file:line`. */
function linesWith(files: string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
  );
}

/** What writes a visit, by SQL in any layout or by its entity. */
const writesVisit =
  /\b(?:(?:insert\s+into|update|delete\s+from|merge\s+into)\s+(?:only\s+)?visit\b(?!_)|(?:insertRow|insertNew(?:Rows)?|updateRow)\(\s*VisitRow\b)/i;
/** What goes on by itself when another branch of the work fails. */
const leavesBranches = /\bPromise\s*\.\s*(?:all|race|any)\s*\(/;
/** A type named for what was done to a thing, not for what the thing is: `Known`, `Told`. A type over any value (`Stored<Value>`) may be. */
const bareParticiple =
  /^\s*(?:export )?(?:type|interface|class) (?:[A-Z][a-z]*[^e\W]ed|Known|Kept|Told|Given|Taken|Held|Shown|Seen|Drawn|Found|Sent|Made|Written|Said|Read|Left|Thrown)\b(?![<,])/;
const entityWrite = /\b(?:insertRow|insertNew(?:Rows)?|updateRow)\(\s*(\w+)/g;

describe('the rules below', () => {
  it('see every way to write a visit, and nothing else', () => {
    for (const writing of [
      `update visit set state = 'approved' where bank_id = $1`,
      'INSERT INTO visit (bank_id) values ($1)',
      'update\n        only visit v set state = d.state',
      'delete from visit where true',
      `merge into visit using given on true`,
      `await this.unit.updateRow(VisitRow, { bankId, visitId }, { state: 'ready' });`,
      'this.unit.insertNew(\n  VisitRow, row)',
      'this.unit.insertNewRows(VisitRow, rows, [])',
    ]) {
      expect(writing).toMatch(writesVisit);
    }
    for (const other of [
      'update visit_exception set lane = $1',
      'insert into visit_escalation',
      'from visit v for update',
      'updateRow(VisitExceptionRow, ',
    ]) {
      expect(other).not.toMatch(writesVisit);
    }
  });

  it('see a branch that nobody waits for', () => {
    for (const branching of ['await Promise.all([one, two])', 'return Promise\n  .race([one])', 'Promise.any (them)']) {
      expect(branching).toMatch(leavesBranches);
    }
    expect('await Promise.allSettled(unit.running)').not.toMatch(leavesBranches);
  });

  it('see a type that is named by a participle alone', () => {
    for (const bare of ['type Known = {', 'export type Counted = Pick<', '  type Read = {', 'export class Seeded {', 'interface Told {']) {
      expect(bare).toMatch(bareParticiple);
    }
    for (const named of [
      'export type Stored<Value> = {',
      'type KnownDevice = {',
      'type Seed = number',
      'class Feed {',
      '  type Watched,',
    ]) {
      expect(named).not.toMatch(bareParticiple);
    }
  });
});

describe('the house is tidy', () => {
  it('names a type for what it is', () => {
    expect(linesWith(code, bareParticiple)).toEqual([]);
  });

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

  it('names in its pages only files that are there, and in the plan of the house every room', () => {
    const pages = tracked.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');
    const missing = pages.flatMap((page) =>
      [...read(page).matchAll(/`([a-z\d./-]+\.(?:ts|vue|mjs|sql|sh|css))`/g)]
        .map(([, name]) => name as string)
        .filter((name) => !tracked.some((file) => file === name || file.endsWith(`/${name.replace(/^\.\//, '')}`)))
        .map((name) => `${page}: ${name}`),
    );
    expect(missing).toEqual([]);
    const plan = read('ARCHITECTURE.md');
    const rooms = ['apps', 'libs'].flatMap((folder) => readdirSync(folder));
    expect(rooms.filter((room) => !plan.includes(`  ${room}/ `))).toEqual([]);
  });

  it('keeps files within 300 lines, and half of them within 70', () => {
    const lengths = sources.map((file) => ({ file, lines: read(file).split('\n').length }));
    expect(lengths.filter(({ lines }) => lines > 301)).toEqual([]);
    // Letters, what was written before this was asked, and what the database writes.
    const named = ['0005-ledger.sql', '0010-ledger-chain.sql', '0050-folded-names.sql', 'functions/spoken_part.sql', 'schema.sql'];
    const long = named.map((file) => `prisma-free-migrations/${file}`);
    const files = schema.filter((file) => !long.includes(file));
    expect(files.filter((file) => read(file).split('\n').length > 301)).toEqual([]);
    expect(linesWith(files, /.{161}|\t|\s$/)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((left, right) => left - right);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(70);
  });

  it('speaks to people only through the locale files', () => {
    // The names of the kinds of service and of qualification, and a table of letters.
    const named = ['0006-requests.sql', '0050-folded-names.sql', '0100-service-catalogue.sql', '0200-qualification-kinds.sql'].map(
      (file) => `prisma-free-migrations/${file}`,
    );
    const files = [...code, ...schema.filter((file) => !named.includes(file))];
    expect(linesWith(files, /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u)).toEqual([]);
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
      linesWith([...code.filter((file) => !file.endsWith('tidy.spec.ts')), ...schema], /(it|describe)\.(skip|only)|TO[D]O|FIXM[E]/),
    ).toEqual([]);
  });

  it('names no page that is not in the project', () => {
    const named = [...sources, ...schema].flatMap((file) => [...read(file).matchAll(/[\w-]+\.md\b/g)].map(([page]) => ({ file, page })));
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

  it('has one handler for every route of the table', () => {
    const handlers = sources
      .filter((file) => file.startsWith('apps/api/src/controllers/'))
      .flatMap((file) => [...read(file).matchAll(/@Endpoint\('(\w+)'/g)].map(([, route]) => route));
    expect(handlers.sort()).toEqual(Object.keys(paths).sort());
  });

  it('writes a table only in the room that owns it', () => {
    const owners = Map.groupBy(Object.keys(tables), (name) => tables[name]?.owner);
    const strangers = [...owners].flatMap(([room, own]) => {
      // Probes of the torture try what must be refused.
      const isProbe = (file: string) => /^apps\/bench\/src\/torture\/(mutant-probes|unit-probe)\.ts$/.test(file);
      const others = sources.filter((file) => /^(libs|apps)\//.test(file) && !file.startsWith(`libs/${room}/`) && !isProbe(file));
      return linesWith(others, new RegExp(`\\b(insert into|update|delete from|truncate)\\s+(${own.join('|')})\\b(?!\\s+of\\b)`));
    });
    expect(strangers).toEqual([]);
  });

  it('waits for all of what it asked for together: no branch of a unit of work goes on by itself', () => {
    const rooms = sources.filter((file) => /^libs\/(?!kernel|web-kit|testing)/.test(file) && file !== 'libs/database/src/unit-of-work.ts');
    expect(rooms.filter((file) => leavesBranches.test(read(file)))).toEqual([]);
  });

  it('writes visits in one place, which asks the table of their states', () => {
    const others = sources.filter((file) => /^(libs|apps)\//.test(file) && file !== 'libs/visits/src/write-visit.ts');
    // A probe of the torture tries what the walls must refuse.
    const writers = others.filter((file) => !file.startsWith('apps/bench/src/torture/') && writesVisit.test(read(file)));
    expect(writers).toEqual([]);
  });

  it('writes by an entity only in the room that has it', () => {
    const homes = new Map(
      sources.flatMap((file) =>
        file.endsWith('.entity.ts')
          ? [...read(file).matchAll(/export class (\w+)/g)].map(([, name]) => [name, file.split('/')[1]] as const)
          : [],
      ),
    );
    const rooms = sources.filter((file) => file.startsWith('libs/') && !file.startsWith('libs/database/'));
    const strangers = rooms.flatMap((file) =>
      [...read(file).matchAll(entityWrite)]
        .filter(([, name]) => homes.get(name) !== file.split('/')[1])
        .map(([call]) => `${file}: ${call}`),
    );
    expect(strangers).toEqual([]);
  });

  it('tells a repeated id from a reused one in one way', () => {
    const rooms = sources.filter((file) => file.startsWith('libs/') && file !== 'libs/database/src/once.ts');
    expect(linesWith(rooms, /\.equals\([^)]*\)\) throw refuse\(/)).toEqual([]);
  });

  it('uses no ORM shortcut that reads before it writes', () => {
    expect(linesWith(sources, /\.(save|synchronize)\(/)).toEqual([]);
  });

  it('has a lock file without download addresses', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});
