import { parentPort } from 'node:worker_threads';
import { type DrawnEntry, drawStatement } from '@timebank/hours/drawing';
import { drawCardSheet } from '@timebank/visits/drawing';
import type { FromThread, ToThread } from './protocol';

/** The thread that draws files, so that nobody else waits for it. */
function drawForEver(): void {
  const port = parentPort;
  if (!port) throw new Error('this is the entry of a thread, started by the API');
  const waiting = new Map<number, (entries: DrawnEntry[] | null) => void>();
  const say = (message: FromThread) => port.postMessage(message);

  async function draw({ id, form, statement, language }: Extract<ToThread, { kind: 'begin' }>): Promise<void> {
    async function* stretches(): AsyncGenerator<DrawnEntry[]> {
      for (;;) {
        const next = new Promise<DrawnEntry[] | null>((come) => waiting.set(id, come));
        say({ id, kind: 'ask' });
        const entries = await next;
        if (entries === null) return;
        yield entries;
      }
    }
    try {
      const drawn = drawStatement(form, { ...statement, stretches }, language);
      for (;;) {
        const { done, value } = await drawn.next();
        say(done ? { id, kind: 'done', unprintable: value } : { id, kind: 'bytes', bytes: value });
        if (done) return;
      }
    } catch (error) {
      say({ id, kind: 'fault', message: (error as Error).message });
    }
  }

  async function drawCards({ id, sheet }: Extract<ToThread, { kind: 'cards' }>): Promise<void> {
    try {
      say({ id, kind: 'bytes', bytes: await drawCardSheet(sheet) });
      say({ id, kind: 'done', unprintable: [] });
    } catch (error) {
      say({ id, kind: 'fault', message: (error as Error).message });
    }
  }

  port.on('message', (told: ToThread) => {
    if (told.kind === 'begin') void draw(told);
    else if (told.kind === 'cards') void drawCards(told);
    else {
      const come = waiting.get(told.id);
      waiting.delete(told.id);
      // A caller who has left gets no more entries: the drawing ends early and its bytes go nowhere.
      come?.(told.kind === 'entries' ? told.entries : null);
    }
  });
}

drawForEver();
