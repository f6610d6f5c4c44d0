import { AccessModule } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import { deriveId } from '@timebank/database';
import { ManualClock, newId } from '@timebank/kernel';
import { LedgerModule, type Posting, PostTransfers } from '@timebank/ledger';
import { MembersModule, PutMember } from '@timebank/members';
import { measuringKey } from './api-process';
import { type BenchRooms, openRooms } from './bench-rooms';
import type { Progress } from './report';

/** Entries in the month whose statement is asked for, in either account. */
const entriesOfMonth = 100;
const partners = 50;
const postingsACall = 500;
const minutes = 30;
const day = 86_400_000;

/** An account of so many entries, the last hundred of them in the bank's `month`, the others in the ten years before. */
export type LongAccount = { accountId: string; entries: number };
export type LongAccounts = { bankId: string; month: string; short: LongAccount; long: LongAccount };

type Writer = { bankId: string; account: LongAccount; partners: readonly string[]; written: number };

/** The next entry of an account: minutes come in and go out by turns. */
function nextEntry(writer: Writer, effectiveAt: Date): Posting {
  const { bankId, account, written } = writer;
  const partner = writer.partners[Math.floor(written / 2) % partners] as string;
  writer.written += 1;
  const [debitAccountId, creditAccountId] = written % 2 === 0 ? [partner, account.accountId] : [account.accountId, partner];
  return {
    bankId,
    transferId: newId(),
    debitAccountId,
    creditAccountId,
    minutes,
    kind: 'service',
    class: 'verified',
    visitId: newId(),
    reversesId: null,
    memoCode: null,
    actorId: bankId,
    effectiveAt,
    holdId: null,
    overflow: null,
    cover: null,
  };
}

async function register(rooms: BenchRooms, bankId: string, serial: number): Promise<string> {
  const person = { name: `Person ${serial}`, birthDate: '1950-01-01', roles: ['volunteer' as const] };
  return (await rooms.get(PutMember).run(bankId, newId(), person)).value.accountId;
}

async function post(rooms: BenchRooms, postings: readonly Posting[]): Promise<void> {
  for (const { outcome, code } of await rooms.get(PostTransfers).run(postings)) {
    if (outcome !== 'posted') throw new Error(`an entry was ${outcome} ${code ?? ''}`);
  }
}

/** Writes both accounts side by side until each lacks no more than the month's entries, the clock going on from call to call. */
async function writeYears(rooms: BenchRooms, clock: ManualClock, [short, long]: readonly [Writer, Writer], until: Date): Promise<void> {
  const [shortOnes, longOnes] = [short, long].map(({ account }) => account.entries - entriesOfMonth) as [number, number];
  const from = clock.now().getTime();
  while (long.written < longOnes) {
    clock.set(new Date(from + ((until.getTime() - from) * long.written) / longOnes));
    const postings: Posting[] = [];
    while (postings.length < postingsACall && long.written < longOnes) {
      if (short.written / shortOnes <= long.written / longOnes && short.written < shortOnes) postings.push(nextEntry(short, clock.now()));
      postings.push(nextEntry(long, clock.now()));
    }
    await post(rooms, postings);
  }
}

/** A bank with two members' accounts of very different age, every entry posted by the ledger's own ability. */
export async function openLongAccounts(
  databaseUrl: string,
  entries: { short: number; long: number },
  progress: Progress,
): Promise<LongAccounts> {
  const middleOfMonth = new Date();
  middleOfMonth.setUTCDate(15);
  middleOfMonth.setUTCMonth(middleOfMonth.getUTCMonth() - 1);
  const daysBefore = (days: number) => new Date(middleOfMonth.getTime() - days * day);
  const clock = new ManualClock(daysBefore(3_650));
  const rooms = await openRooms(databaseUrl, clock, [
    AccessModule.forRoot({ secretKey: measuringKey }),
    LedgerModule,
    BanksModule,
    MembersModule,
  ]);
  try {
    const bankId = newId();
    await rooms.get(PutBank).run(bankId, { name: 'Measured', phone: '025-88880000', timeZone: 'Asia/Shanghai' });
    const accounts: string[] = [];
    for (let serial = 0; serial < partners + 2; serial += 1) accounts.push(await register(rooms, bankId, serial));
    const [shortId, longId, ...others] = accounts as [string, string, ...string[]];
    const writerOf = (accountId: string, count: number): Writer => ({
      bankId,
      account: { accountId, entries: count },
      partners: others,
      written: 0,
    });
    const [short, long] = [writerOf(shortId, entries.short), writerOf(longId, entries.long)];
    const opening = {
      debitAccountId: deriveId(bankId, 'issuance'),
      minutes: 60 * minutes,
      kind: 'opening',
      class: null,
      visitId: null,
    } as const;
    const model = { ...nextEntry(writerOf(longId, 1), clock.now()), ...opening };
    await post(
      rooms,
      others.map((creditAccountId) => ({ ...model, transferId: newId(), creditAccountId })),
    );
    progress(`writing ${entries.long} entries of one account and ${entries.short} of another`);
    await writeYears(rooms, clock, [short, long], daysBefore(60));
    clock.set(middleOfMonth);
    for (const writer of [short, long]) {
      await post(
        rooms,
        Array.from({ length: entriesOfMonth }, () => nextEntry(writer, middleOfMonth)),
      );
    }
    return { bankId, month: middleOfMonth.toISOString().slice(0, 7), short: short.account, long: long.account };
  } finally {
    await rooms.close();
  }
}
