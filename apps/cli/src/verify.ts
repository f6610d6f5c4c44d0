import { createHash, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readConfig, type StatementAnswer } from '@timebank/contract';
import {
  CheckpointFolder,
  isGenuineRestore,
  publicKeyIdOf,
  readPublicKey,
  readStatement,
  type SignedRestore,
  type StatementVerdict,
  verifyStatement,
  voidedBy,
} from '@timebank/ledger';
import { CannotRun } from './cannot-run';

const sentences: Record<string, string> = {
  unreadable: 'a column cannot be read as what it should be',
  other_account: 'the transfer does not touch this account',
  missing_version: 'an entry before it is missing',
  broken_chain: "its hash does not follow from the entry and the account's chain",
  wrong_balance: 'the running balance does not follow',
  checkpoint_missing: 'the checkpoint that it names is not there',
  wrong_signature: 'the signature does not hold under the given public keys',
  checkpoint_unlinked: 'it does not follow the checkpoint before it',
  outside_checkpoint: 'it was written outside the checkpoint that it names',
  not_included: 'its path does not lead to the signed root',
  line_differs: 'the printed line is not the proven transfer',
  account_differs: 'the proof is about another account',
  line_count_differs: 'the proof has more or fewer entries than the statement',
  opening_differs: 'the opening balance does not fit the first line',
  closing_differs: 'the closing balance does not fit the last line',
  totals_differ: 'the totals are not those of the lines',
};

/** Public keys from PEM files, or from every `.pem` of a folder. */
function readKeys(places: readonly string[]): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const place of places.filter((path) => existsSync(path))) {
    const files = statSync(place).isDirectory()
      ? readdirSync(place)
          .filter((name) => name.endsWith('.pem'))
          .map((name) => join(place, name))
      : [place];
    for (const file of files) {
      const key = readPublicKey(readFileSync(file, 'utf8'));
      if (!key) throw new CannotRun(`${file}: not an Ed25519 public key in PEM`);
      keys.set(publicKeyIdOf(key), key);
    }
  }
  if (keys.size === 0) throw new CannotRun(`No public key in ${places.join(', ')}: name one with --key.`);
  return keys;
}

/** Which of a bank's checkpoints are void, if their folder is beside the keys. */
function readRestores(places: readonly string[], bankId: string, keys: ReadonlyMap<string, KeyObject>): SignedRestore[] {
  return places
    .filter((place) => existsSync(place) && statSync(place).isDirectory())
    .flatMap((place) => new CheckpointFolder(dirname(place)).restores(bankId))
    .flatMap(({ restore }) => (restore !== 'edited' && isGenuineRestore(restore, keys) ? restore : []));
}

/** What sealed a statement and was made void by a restore from a backup, each in a line. */
function describeVoid({ proof }: StatementAnswer, restores: readonly SignedRestore[]): { lines: string[]; isHit: boolean } {
  const named = [...proof.checkpoints, ...(proof.checkpoint ? [proof.checkpoint] : [])].map(({ statement }) => statement.number);
  const lines = [...new Set(named)].flatMap((number) => {
    const said = voidedBy(restores, number);
    return said ? `! checkpoint ${number} is void since ${said.saidAt}, said by ${said.saidBy}: ${said.reason}` : [];
  });
  const lost = proof.entries.filter(({ sealed }) => sealed && voidedBy(restores, sealed.checkpoint)).length;
  if (lost > 0)
    lines.push(
      `✗ ${lost} lines were sealed by void checkpoints only: they held when the statement was made, and are not in the books any more`,
    );
  return { lines, isHit: lost > 0 };
}

function describe(verdict: StatementVerdict): { lines: string[]; isProven: boolean } {
  const { lines, faults, checkpointFault } = verdict;
  const sealed = lines.filter((line) => line.isSealed).length;
  const told = faults.map((fault) => `✗ ${sentences[fault]}`);
  if (checkpointFault) told.push(`✗ checkpoint ${checkpointFault.number}: ${sentences[checkpointFault.fault]}`);
  for (const [index, { fault, transferId }] of lines.entries()) {
    if (fault) told.push(`✗ line ${index + 1} (transfer ${transferId}): ${sentences[fault]}`);
  }
  if (!verdict.holds) return { lines: [...told, '✗ the statement does not hold'], isProven: false };
  if (lines.length > 0 && sealed === 0) {
    return { lines: ['✗ nothing proves it yet: no line is sealed, and a chain alone can be made by anybody'], isProven: false };
  }
  if (sealed < lines.length)
    told.push(`… ${lines.length - sealed} lines are not sealed yet: their chain holds, and a statement made later will prove them`);
  return { lines: [...told, `✓ the statement holds: ${lines.length} lines, ${sealed} of them sealed`], isProven: true };
}

/** `timebank verify`. */
export function verify(file: string, options: { key?: string[]; json?: boolean }): void {
  if (!existsSync(file)) throw new CannotRun(`${file}: no such file`);
  const text = readFileSync(file, 'utf8');
  const statement = readStatement(text);
  if (!statement) throw new CannotRun(`${file}: not a statement in its JSON form`);
  const published = join(readConfig(process.env).checkpointDir, 'keys');
  const keys = readKeys(options.key ?? [published]);
  const verdict = verifyStatement(statement, keys);
  const said = describeVoid(statement, readRestores([...(options.key ?? []), published], statement.bank.bankId, keys));
  const { lines, isProven: isSound } = describe(verdict);
  const isProven = isSound && !said.isHit;
  const { checkpoint } = statement.proof;
  if (options.json) process.stdout.write(`${JSON.stringify({ ...verdict, isProven, voided: said.lines })}\n`);
  else {
    process.stdout.write(`SHA-256 of the file ${createHash('sha256').update(text).digest('hex')}\n`);
    if (checkpoint)
      process.stdout.write(
        `newest checkpoint ${checkpoint.statement.number}, root ${checkpoint.statement.root}, key ${checkpoint.statement.keyId}\n`,
      );
    process.stdout.write(`${[...said.lines, ...lines].join('\n')}\n`);
  }
  if (!isProven) process.exitCode = 1;
}
