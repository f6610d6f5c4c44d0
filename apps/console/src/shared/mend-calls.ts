import { type CallRefused, meaningOf, mendRefusals, paths, type RouteName } from '@timebank/contract/client';
import { connection } from './connection';
import { useSession } from './session.store';

/** A server that answers its health but refuses a reading time and again is not away: then the screen says what it says. */
const mostReadings = 5;
/** Asked while signing in or out, and while asking whether the server is back: these answer for themselves. */
const ownAnswers: readonly RouteName[] = ['ready', 'live', 'signIn', 'signInByCode', 'requestCode', 'signOut', 'signOutEverywhere'];

/**
 * What no screen can mend itself. A sign-in that is over is asked for in place, and the refused act goes out again with the same ids.
 * What is only read waits until the server is back; what is written is told as not sent, since only the person knows whether they still want it.
 */
async function mend(refused: CallRefused, name: RouteName, before: number): Promise<boolean> {
  if (ownAnswers.includes(name)) return false;
  if (refused.code === 'access/not_signed_in') return useSession().signInAgain();
  if (meaningOf(refused) !== 'away') return false;
  const back = connection.untilBack();
  if (paths[name][0] !== 'GET' || (refused.status !== 0 && before >= mostReadings)) return false;
  await back;
  return true;
}

export const mendCalls = () => mendRefusals(mend);
