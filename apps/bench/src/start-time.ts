import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measurement, summarise } from './report';

/** Seconds from `npm start` to the line that says the product is ready; the process is ended again. */
async function startOnce(dataDir: string): Promise<number> {
  const startedAt = process.hrtime.bigint();
  const child = spawn('npm', ['start', '--silent'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' },
  });
  let said = '';
  const seconds = await new Promise<number>((ready, failed) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Timebank is ready.')) ready(Number(process.hrtime.bigint() - startedAt) / 1e9);
    });
    child.once('exit', () => failed(new Error(`npm start ended early:\n${said}`)));
  });
  await new Promise<void>((gone) => {
    child.once('exit', () => gone());
    child.kill('SIGTERM');
  });
  return seconds;
}

/** How long a start takes when everything is built and the demo city is there: `start.ready`. The first start is told beside it. */
export async function measureStart(runs: number): Promise<Measurement> {
  const dataDir = mkdtempSync(join(tmpdir(), 'timebank-start-'));
  try {
    const first = await startOnce(dataDir);
    const later: number[] = [];
    for (let run = 0; run < runs; run += 1) later.push(await startOnce(dataDir));
    const { median, text } = summarise(later);
    return { value: Number(median.toFixed(2)), note: `${text}; the first start with its demo city took ${first.toFixed(1)} s, all built` };
  } finally {
    const where = join(dataDir, 'where');
    if (existsSync(where)) rmSync(readFileSync(where, 'utf8').trim(), { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
  }
}
