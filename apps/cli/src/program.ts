import { Command } from 'commander';
import { admin } from './admin';
import { audit } from './audit';
import { clock } from './clock';
import { documents } from './documents';
import { demo } from './demo/command';
import { grants } from './grants';
import { keys } from './keys';
import { migrateCommand } from './migrate';
import { seal } from './seal';
import { start } from './start';
import { verify } from './verify';

const exitCodes = `
Exit codes: 0 done · 1 a check failed or a fault · 2 wrong use or a setting that cannot be used
Settings are environment variables; see README.md, "Settings".`;

/** Every command. */
export const program = new Command('timebank')
  .description("Runs a city's time bank: server, migrations, demo city, audit, first admin.")
  .exitOverride()
  .showHelpAfterError('npx timebank --help names the commands and their options.')
  .addHelpText('after', exitCodes);
for (const command of [start, migrateCommand, demo, audit, seal, clock, verify, keys, admin, grants, documents])
  program.addCommand(command.exitOverride());
