import type { Config } from '@timebank/contract';
import { addMark, onDatabase, readMarks } from '@timebank/database';
import { CheckpointKeys } from '@timebank/ledger';
import { complaintOf, heldKeys } from '@timebank/process';
import { CannotRun } from './cannot-run';
import type { Environment } from './environment';

export function makeCheckpointKey(config: Config): void {
  new CheckpointKeys({ keyFolder: config.dataDir, folder: config.checkpointDir }).signingKey();
}

/** The key of the newest checkpoint, where keys are not on record yet; undefined while nothing was ever signed. */
async function signedWith(ownerUrl: string): Promise<string | undefined> {
  return onDatabase(ownerUrl, async (client) => {
    await client.query(
      `select set_config('timebank.banks', coalesce((select array_agg(bank_id) from locator where kind = 'bank'), '{}')::text, false)`,
    );
    const { rows } = await client.query<{ statement: string }>('select statement from checkpoint order by below_xid desc limit 1');
    return rows[0] && (JSON.parse(rows[0].statement) as { keyId: string }).keyId;
  });
}

type Keys = Pick<Environment, 'ownerUrl' | 'secretKey'>;

/**
 * Compares the keys of this installation with those its database has on record. The first time it records them and makes the signing key. Later a
 * missing or different key is refused in one sentence, and none is made in its place.
 */
export async function holdKeys(config: Config, { ownerUrl, secretKey }: Keys): Promise<void> {
  const marks = await readMarks(ownerUrl);
  const expected = new Map([['checkpoint key', await signedWith(ownerUrl)], ...marks]);
  for (const key of heldKeys(config, secretKey)) {
    const complaint = complaintOf(key, expected.get(key.name));
    if (complaint) throw new CannotRun(complaint);
  }
  if (!marks.has('checkpoint key')) makeCheckpointKey(config);
  for (const { name, fingerprint } of heldKeys(config, secretKey)) {
    if (!marks.has(name) && fingerprint !== null)
      await addMark(ownerUrl, { name, value: fingerprint, saidBy: null, reason: 'first start' });
  }
}
