import type { INestApplicationContext } from '@nestjs/common';
import { Locator, PruneSignIns } from '@timebank/access';
import { ApplySavingsCap } from '@timebank/banks';
import { CloseForgottenVisits } from '@timebank/visits';

const minuteMilliseconds = 60_000;

/**
 * What the clock does without being asked, once a minute of the product's time: ended sign-ins go, a savings cap takes effect
 * on its day, visits that nobody ended are closed for a person to look at. Every round is safe to repeat and to run twice at once, so several API processes may each go theirs; one
 * that fails, as when the database is away, is caught up by the next.
 */
export function goRounds(app: INestApplicationContext, speed: number, onFault: (error: unknown) => void): void {
  const locator = app.get(Locator, { strict: false });
  const pruneSignIns = app.get(PruneSignIns, { strict: false });
  const applySavingsCap = app.get(ApplySavingsCap, { strict: false });
  const closeForgottenVisits = app.get(CloseForgottenVisits, { strict: false });
  let isOnRound = false;
  const round = async (): Promise<void> => {
    if (isOnRound) return;
    isOnRound = true;
    try {
      await pruneSignIns.run();
      for (const bankId of await locator.banks()) {
        await applySavingsCap.run(bankId);
        await closeForgottenVisits.run(bankId);
      }
    } catch (error) {
      onFault(error);
    } finally {
      isOnRound = false;
    }
  };
  setInterval(() => void round(), Math.max(minuteMilliseconds / speed, 1_000)).unref();
}
