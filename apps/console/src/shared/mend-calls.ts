import { type CallRefused, meaningOf, mendRefusals, paths, type RouteName } from '@timebank/contract/client';
import { readAgain } from '@timebank/web-kit';
import { connection } from './connection';
import { useSession } from './session.store';

/** A server that answers its health but keeps refusing a read is not away: then the screen shows its refusal. */
const mostReadings = 5;
/** Asked while signing in or out, and while asking whether the server is back: these answer for themselves. */
const ownAnswers: readonly RouteName[] = ['ready', 'live', 'signIn', 'signInByCode', 'requestCode', 'signOut', 'signOutEverywhere'];

/**
 * What no screen can mend itself. When a sign-in has ended, the desk asks for it in place and sends the refused act again with the same ids. Reads
 * wait until the server is back or has time again; writes are shown as not sent, since only the person knows whether they still want them.
 */
async function mend(refused: CallRefused, name: RouteName, before: number): Promise<boolean> {
  if (ownAnswers.includes(name)) return false;
  if (refused.code === 'access/not_signed_in') return useSession().signInAgain();
  const isReading = paths[name][0] === 'GET';
  if (meaningOf(refused) === 'later') return isReading && readAgain(refused, before);
  if (meaningOf(refused) !== 'away') return false;
  const back = connection.untilBack();
  if (!isReading || (refused.status !== 0 && before >= mostReadings)) return false;
  await back;
  return true;
}

export const mendCalls = () => mendRefusals(mend);
