import { otherTables } from './other-tables';
import { peopleTables } from './people-tables';
import type { Tables } from './table-row';
import { activityTables } from './activity-tables';
import { familyTables } from './family-tables';
import { importTables } from './import-tables';
import { trainingTables } from './training-tables';
import { visitTables } from './visit-tables';

/** Of every table of the database. A spec holds it against the catalogue and the code. */
export const tables: Tables = {
  ...peopleTables,
  ...visitTables,
  ...trainingTables,
  ...activityTables,
  ...familyTables,
  ...importTables,
  ...otherTables,
};

/** Columns of secrets, of hashes by which one could be tried out, and of what is told of people who agreed to nothing: their values never enter the trail, only that they changed. */
export const secretColumns: readonly string[] = [
  'person.password_hash',
  'locator.hash',
  'sign_in_act.code_hash',
  'session.token_hash',
  'calendar_feed.token_hash',
  'application.identity_hash',
  'identity_mark.hash',
  'known_device.device_hash',
  'sign_in_code.code_hash',
  'sign_in_code_ask.place_hash',
  'sign_in_failure.place_hash',
  'finding.who',
  'finding.place',
  'finding.what',
  'finding.phone',
];

/** Columns whose names look like secrets and that are none, and why. */
export const openColumns: Readonly<Record<string, string>> = {
  content_hash: 'tells a repeated call from another one',
  entered_hash: 'tells a repeated call from another one',
  close_hash: 'tells a repeated call from another one',
  file_hash: 'tells a file that came before',
  seed_hash: 'is told to everybody before the draw',
  head_hash: 'a link of the ledger',
  debit_hash: 'a link of the ledger',
  credit_hash: 'a link of the ledger',
  public_key: 'the public half of a pair',
  key: 'the name of a rule',
  name_key: 'a name, folded for searching',
  shares_name_key: 'whether another has the same name',
  secret_is_own: 'whether a person chose it themselves',
  secret_chosen_by: 'who chose it instead',
  code_made_at: 'a moment',
  code_expires_at: 'a moment',
  code_attempts_left: 'a number',
  proof: 'how an unmatched scan was proved',
};

/** Rooms from below: each reads in SQL only what stands below it. */
export const floors: readonly string[] = [
  'database',
  'access',
  'ledger',
  'documents',
  'banks',
  'members',
  'requests',
  'hours',
  'visits',
  'care',
  'training',
  'activities',
  'family',
  'imports',
  'reports',
  'notices',
  'process',
];

/** Tables of a higher room that a lower one reads all the same, and why. No new one comes in. */
export const readsUpwards: Readonly<Record<string, string>> = {
  'database locator': 'tells whether an installation is new',
  'members visit': 'ending a guest waits for visits under way',
  'requests visit': 'a request shows the visit that it led to',
  'hours visit': 'a statement says what was done on the visit that it pays for',
};
