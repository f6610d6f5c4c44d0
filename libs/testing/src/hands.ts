import type { Page } from 'playwright-core';

/** What a job takes: presses of a button and of keys. What is put into a field at one go, as `fill` and `insertText` do, is not counted: names have any length. */
export type Handwork = { clicks: number; keys: number };

/** A press, not the browser's click: that one comes twice for a label, and once for Enter on a button. Keys held beside another count with it. */
const listening = `
  addEventListener('pointerdown', () => handMoved('clicks'), true);
  addEventListener('keydown', ({ key, repeat }) => {
    if (!repeat && !['Control', 'Shift', 'Meta', 'Alt'].includes(key)) handMoved('keys');
  }, true);
`;

/** Counts what hands do on a page from now on. The answer does a job and says what it took. */
export async function countHands(page: Page): Promise<(job: () => Promise<unknown>) => Promise<Handwork>> {
  const done: Handwork = { clicks: 0, keys: 0 };
  await page.exposeBinding('handMoved', (_, what: keyof Handwork) => {
    done[what] += 1;
  });
  await page.addInitScript({ content: listening });
  await page.evaluate(listening);
  return async (job) => {
    Object.assign(done, { clicks: 0, keys: 0 });
    await job();
    // Whatever was pressed has been told by the time the page answers.
    await page.evaluate('0');
    return { ...done };
  };
}
