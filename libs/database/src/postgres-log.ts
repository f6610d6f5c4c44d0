import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const megabytesOfFile = 5;
const mostFiles = 6;
const logFile = /^postgres-[\d-]+\.log$/;

/**
 * The server writes its log itself, so logging goes on when its starter is gone. Rows stay out of it: a statement's text or a duplicate value may be
 * somebody's name or phone.
 */
export const logSettings = {
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgres-%Y%m%d-%H%M%S.log',
  log_rotation_size: `${megabytesOfFile}MB`,
  log_rotation_age: '0',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
} as const;

function logsIn(data: string): string[] {
  const folder = join(data, 'log');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => logFile.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** Keeps the newest files: some 30 MB in all. */
export function pruneLogs(data: string): void {
  for (const file of logsIn(data).slice(0, -mostFiles)) rmSync(file, { force: true });
}

/** The last lines that the server wrote. */
export function newestLines(data: string, count: number): string[] {
  const newest = logsIn(data).at(-1);
  if (newest === undefined) return [];
  return readFileSync(newest, 'utf8').trimEnd().split('\n').slice(-count);
}
