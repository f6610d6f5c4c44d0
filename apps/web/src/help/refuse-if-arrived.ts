import { CallRefused } from '@timebank/contract/client';
import { isRefused } from '@timebank/web-kit';
import { useSession } from '../shared/session';

/** An answer was lost, and now something else is to be sent under its id: the server is asked first whether it arrived, which is then said. */
export async function refuseIfArrived(sentAs: 'once' | 'series', bankId: string | undefined, id: string): Promise<void> {
  const session = useSession();
  try {
    await (sentAs === 'once'
      ? session.ask('getRequest', { params: { bankId, requestId: id } })
      : session.ask('getSeries', { params: { bankId, seriesId: id } }));
  } catch (thrown) {
    if (isRefused(thrown) && thrown.code.endsWith('/not_found')) return;
    throw thrown;
  }
  throw new CallRefused(sentAs === 'once' ? 'requests/id_reused' : 'series/id_reused', 409, {}, null, null);
}
