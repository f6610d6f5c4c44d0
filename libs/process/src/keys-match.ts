import { existsSync, readFileSync } from 'node:fs';
import { createPrivateKey } from 'node:crypto';
import { join, resolve } from 'node:path';
import { BadSetting, type Config } from '@timebank/contract';
import { fingerprintOf, readMarks } from '@timebank/database';
import { checkpointKeyFile, publicKeyIdOf } from '@timebank/ledger';

/** A key that the database was used with: what it is for, where it is expected, and how it is known; null where it is not there. */
export type HeldKey = { name: string; serves: string; place: string; fingerprint: string | null };

function signerIn(file: string): string | null {
  if (!existsSync(file)) return null;
  try {
    return publicKeyIdOf(createPrivateKey(readFileSync(file)));
  } catch (error) {
    // What OpenSSL says about a file that is no key.
    if (!(error as { code?: string }).code?.startsWith('ERR_OSSL')) throw error;
    throw new BadSetting(`${file} is no private key. Put it back from a backup of DATA_DIR.`);
  }
}

/** The keys on this machine; without a secret given, the one that is set. */
export function heldKeys(config: Config, secretKey: string | null): HeldKey[] {
  const file = resolve(join(config.dataDir, checkpointKeyFile));
  return [
    {
      name: 'secret key',
      serves: 'of cards and codes',
      place: config.secretKey === null ? resolve(join(config.dataDir, 'secret.json')) : 'SECRET_KEY',
      fingerprint: secretKey === null ? null : fingerprintOf(secretKey),
    },
    {
      name: 'checkpoint key',
      serves: 'that signs checkpoints',
      place: file,
      fingerprint: signerIn(file),
    },
  ];
}

/** What to say of a key that is not the one on record, in one sentence; null when it is, or when none is on record. */
export function complaintOf({ name, serves, place, fingerprint }: HeldKey, recorded: string | undefined): string | null {
  if (recorded === undefined || recorded === fingerprint) return null;
  const what = fingerprint === null ? 'is missing' : `is another (${fingerprint})`;
  return (
    `The key ${serves} (${name}) ${what}: this database was used with ${recorded}, expected in ${place}. Put it back; ` +
    `or, when it is lost for good: npx timebank keys --accept --who NAME --why TEXT`
  );
}

/** For a process that serves: refuses to begin with other keys than those on record, and makes none. */
export async function refuseOtherKeys(config: Config, databaseUrl: string, secretKey: string): Promise<void> {
  const marks = await readMarks(databaseUrl);
  for (const key of heldKeys(config, secretKey)) {
    const complaint = complaintOf(key, marks.get(key.name));
    if (complaint) throw new BadSetting(complaint);
  }
}
