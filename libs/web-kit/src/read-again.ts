/** How long a reading is put off by itself altogether, in seconds: longer, and people should see why they wait. */
const patienceSeconds = 3;
const mostTries = 2;
/** So that all readings of a page, refused at once, do not come back at once. In milliseconds. */
const apart = 300;

const sleep = (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds));

/**
 * Puts off a reading that the server had no time for and that it wants to have asked again soon: true when it is time to send the same again, false
 * at once where the refusal is to be shown. `before` counts the tries so far, from 1. For readings only: nobody knows whether a write was done.
 */
export async function readAgain(
  { status, retryAfterSeconds }: { status: number; retryAfterSeconds: number | null },
  before: number,
  wait = sleep,
): Promise<boolean> {
  if (![429, 503].includes(status) || retryAfterSeconds === null) return false;
  if (before > mostTries || before * retryAfterSeconds > patienceSeconds) return false;
  await wait(retryAfterSeconds * 1_000 + Math.random() * apart);
  return true;
}
