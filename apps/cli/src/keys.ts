import { type Config, readConfig } from '@timebank/contract';
import { addMark, readMarks } from '@timebank/database';
import { complaintOf, heldKeys } from '@timebank/process';
import { CannotRun } from './cannot-run';
import type { Environment } from './environment';
import { keep, kept, newSecret } from './keep';
import { makeCheckpointKey } from './hold-keys';
import { updateSchema, withEnvironment } from './migrate';

type OperatorNote = { saidBy: string; reason: string };

/** Makes the keys here the right ones from now on, and makes missing ones. Records who says so, and why. */
async function accept(config: Config, environment: Environment, said: OperatorNote): Promise<void> {
  const secretKey = config.secretKey ?? keep(config.dataDir, 'secret.json', () => ({ secretKey: newSecret() })).secretKey;
  makeCheckpointKey(config);
  const marks = await readMarks(environment.ownerUrl);
  for (const { name, fingerprint } of heldKeys(config, secretKey)) {
    if (fingerprint === null || fingerprint === marks.get(name)) continue;
    await addMark(environment.ownerUrl, { name, value: fingerprint, ...said });
    process.stdout.write(`✓ ${name} ${fingerprint} is the one from now on, said by ${said.saidBy}: ${said.reason}\n`);
  }
}

/** `timebank keys`. */
export function keys(options: { accept?: boolean; who?: string; why?: string }): Promise<void> {
  const config = readConfig(process.env);
  const said = { saidBy: options.who?.trim() ?? '', reason: options.why?.trim() ?? '' };
  if (options.accept && (said.saidBy === '' || said.reason === '')) throw new CannotRun('--accept needs --who NAME and --why TEXT.');
  return withEnvironment(
    config,
    async (environment) => {
      if (options.accept) {
        await updateSchema(environment);
        await accept(config, environment, said);
      }
      const marks = await readMarks(environment.ownerUrl);
      const secretKey = config.secretKey ?? kept<{ secretKey: string }>(config.dataDir, 'secret.json')?.secretKey ?? null;
      for (const key of heldKeys(config, secretKey)) {
        const complaint = complaintOf(key, marks.get(key.name));
        const standing = marks.has(key.name) ? 'as on record' : 'not on record yet';
        process.stdout.write(`${complaint === null ? `✓ ${key.name} ${key.fingerprint ?? '(none)'}, ${standing}` : `✗ ${complaint}`}\n`);
        if (complaint) process.exitCode = 1;
      }
    },
    'look',
  );
}
