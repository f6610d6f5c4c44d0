import type { Measurement, Progress } from '../report';
import { measureDeskLists } from './desk-lists';
import { listed, openListedBank } from './listed-bank';
import { measureServerLists } from './server-lists';

/** The desk's lists at one bank of 100,000 members, 20,000 visits that are paid and 5,000 that wait: what the server and what the page takes. */
export async function measureLists(progress: Progress): Promise<[name: string, found: Measurement][]> {
  progress(`laying a bank of ${listed.members} members, ${listed.paid} paid visits and ${listed.waiting} that wait`);
  const bank = await openListedBank(progress);
  try {
    progress('reading its lists');
    const server = await measureServerLists(bank);
    return [['lists.server', server], ...(await measureDeskLists(bank, progress))];
  } finally {
    await bank.close();
  }
}
