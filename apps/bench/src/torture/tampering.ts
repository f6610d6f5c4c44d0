import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointFile, CheckpointFolder, publicKeyIdOf, signStatement, type SignedCheckpoint } from '@timebank/ledger';
import { Random } from '../random';
import { anotherValue, type Column } from './changed-values';
import { TamperedLedger, tamperedTables } from './tampered-ledger';

export type TamperReport = { seed: number; edits: number; found: number; foundByCheckpointAlone: number; missed: string[] };

type Edit = { title: string; isForged: boolean };

const keys: Record<string, string> = {
  transfer: 'transfer_id',
  hold: 'hold_id',
  hold_end: 'hold_id',
  refusal: 'transfer_id',
  account_history: 'account_id',
  account: 'account_id',
  checkpoint: 'number',
};

/** One row by chance, the same for the same word. */
const anyRow = (table: string, place: 1 | 2) => `(select ctid from ${table} order by md5(ctid::text || $${place}) limit 1)`;

async function changeColumn(ledger: TamperedLedger, random: Random, column: Column): Promise<string> {
  const word = String(random.next());
  const { table, name } = column;
  const { how, value } = anotherValue(random, column);
  const neighbour = `${word}'`;
  await ledger.edit(
    `update ${table} set ${name} = ${value} where ctid = ${anyRow(table, 1)} and ($2::text is not null or $1::text is null)`,
    [word, neighbour],
  );
  return `${how} value in ${table}.${name}`;
}

async function changeRows(ledger: TamperedLedger, random: Random): Promise<string> {
  const table = random.pick(tamperedTables);
  const word = String(random.next());
  const how = random.pick(['row away', 'rows away', 'copied row', 'swapped values'] as const);
  if (how === 'row away') await ledger.edit(`delete from ${table} where ctid = ${anyRow(table, 1)}`, [word]);
  else if (how === 'rows away') await ledger.edit(`delete from ${table} where hashtext(ctid::text || $1) % 10 = 0`, [word]);
  else if (how === 'copied row') {
    const names = ledger.columns.filter((column) => column.table === table).map(({ name }) => name);
    const isSame = random.next() < 0.2;
    const cells = names.map((name) =>
      name === keys[table] && !isSame ? (table === 'checkpoint' ? 'number + 100' : 'md5($1)::uuid') : name,
    );
    await ledger.edit(
      `insert into ${table} (${names.join(', ')}) select ${cells.join(', ')} from ${table} where ctid = ${anyRow(table, 1)} and $1::text is not null`,
      [word],
    );
  } else {
    const { name } = random.pick(ledger.columns.filter((column) => column.table === table));
    await ledger.edit(
      `update ${table} set ${name} = other.${name} from (select ctid as place, lead(${name}, 1) over (order by place) as ${name} from
         (select ctid, ctid as place, ${name} from ${table} where ctid in (${anyRow(table, 1)}, ${anyRow(table, 2)})) two) other
        where ${table}.ctid = other.place and other.${name} is not null`,
      [word, `${word}'`],
    );
  }
  return `${how} in ${table}`;
}

function flipByte(file: string, random: Random): void {
  const bytes = readFileSync(file);
  const place = random.integer(0, bytes.length - 1);
  bytes[place] = (bytes[place] as number) ^ (1 << random.integer(0, 6));
  writeFileSync(file, bytes);
}

/** The published files themselves; a forger with a key of his own signs anew and publishes it too. */
function changeFiles(ledger: TamperedLedger, random: Random): string {
  const folder = join(ledger.published, ledger.bankId);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const name = random.pick(files);
  const other = random.pick(files.filter((file) => file !== name));
  const how = random.pick(['byte changed', 'file away', 'files swapped', 'file copied', 'signed anew', 'key changed'] as const);
  if (how === 'byte changed') flipByte(join(folder, name), random);
  else if (how === 'file away') rmSync(join(folder, name));
  else if (how === 'file copied') writeFileSync(join(folder, name), readFileSync(join(folder, other)));
  else if (how === 'files swapped') {
    renameSync(join(folder, name), join(folder, 'aside'));
    renameSync(join(folder, other), join(folder, name));
    renameSync(join(folder, 'aside'), join(folder, other));
  } else if (how === 'key changed') {
    const [key] = readdirSync(join(ledger.published, 'keys'));
    rmSync(join(ledger.published, 'keys', key as string));
  } else {
    const { statement } = new CheckpointFolder(ledger.published).read(ledger.bankId, Number.parseInt(name, 10)) as SignedCheckpoint;
    const { privateKey } = generateKeyPairSync('ed25519');
    const forged = { ...statement, transfers: statement.transfers + 1, keyId: publicKeyIdOf(privateKey) };
    writeFileSync(join(folder, name), checkpointFile(signStatement(forged, privateKey)));
    new CheckpointFolder(ledger.published).publishKey(createPublicKey(privateKey));
  }
  return `${how}: ${name}`;
}

/** One edit that changes something; every column gets its turn. */
async function tamperOnce(ledger: TamperedLedger, random: Random, turn: number): Promise<Edit> {
  for (;;) {
    const kind = turn % 4;
    if (kind === 3 && random.next() < 0.3) return { title: changeFiles(ledger, random), isForged: false };
    const column = ledger.columns[turn % ledger.columns.length] as Column;
    const title = kind < 3 ? await changeColumn(ledger, random, column) : await changeRows(ledger, random);
    const isForged = random.next() < 0.5;
    if (isForged) await ledger.forge().catch(() => undefined);
    if (await ledger.isTampered()) return { title, isForged };
    await ledger.restore();
  }
}

/**
 * A superuser past every wall edits a sealed ledger `count` times: any column of any of its tables, rows removed, copied and
 * swapped, half of the time with versions, balances, chains and accounts recomputed so that they fit; and the published files. Each
 * edit is to be found by the audit against the published checkpoints; then everything is put back.
 */
export async function tamper(count: number, seed: number): Promise<TamperReport> {
  const random = new Random(seed);
  const report: TamperReport = { seed, edits: 0, found: 0, foundByCheckpointAlone: 0, missed: [] };
  const ledger = await TamperedLedger.found(random);
  try {
    const before = await ledger.audit();
    if (before.length > 0) throw new Error(`the ledger is not sound to begin with: ${JSON.stringify(before)}`);
    for (; report.edits < count; report.edits += 1) {
      const { title, isForged } = await tamperOnce(ledger, random, report.edits);
      const faults = await ledger.audit();
      if (faults.length > 0) report.found += 1;
      else report.missed.push(`${title}${isForged ? ', forged' : ''}`);
      if (faults.length > 0 && faults.every(({ fault }) => fault === 'checkpoint_broken')) report.foundByCheckpointAlone += 1;
      await ledger.restore();
    }
    return report;
  } finally {
    await ledger.close();
  }
}
