import { AccessModule } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { CareModule, GenerateSeries } from '@timebank/care';
import { RunningClock } from '@timebank/kernel';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { RequestsModule } from '@timebank/requests';
import { VisitsModule } from '@timebank/visits';
import { measuringKey } from '../api-process';
import { openRooms } from '../bench-rooms';

export const roomsOfSeries = () => [
  AccessModule.forRoot({ secretKey: measuringKey }),
  BanksModule,
  MembersModule,
  LedgerModule,
  RequestsModule,
  CareModule.forRoot(VisitsModule.forRoot({ origin: 'http://127.0.0.1', originIsPublic: false })),
];

/** What the last run says; one that was killed says nothing. */
export type LaidSeries = { series: number; dates: number; seconds: number; mebibytes: number; mebibytesBefore: number };

/** The child's side: one daily round over a bank's series, in a process that can be killed. Says how much it laid and the most memory it had. */
export async function laySeries(databaseUrl: string, bankId: string): Promise<void> {
  const rooms = await openRooms(databaseUrl, new RunningClock(), roomsOfSeries());
  const mebibytesBefore = Math.round(process.memoryUsage.rss() / 2 ** 20);
  const startedAt = performance.now();
  const { series, dates } = await rooms.get(GenerateSeries).run(bankId);
  const seconds = (performance.now() - startedAt) / 1_000;
  const laid: LaidSeries = { series, dates, seconds, mebibytes: Math.round(process.resourceUsage().maxRSS / 1_024), mebibytesBefore };
  process.stdout.write(`${JSON.stringify(laid)}\n`);
  await rooms.close();
}
