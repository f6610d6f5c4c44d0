import { Refusal, RunningClock } from '@timebank/kernel';
import { AuditLedger, LedgerModule } from '@timebank/ledger';
import { ApiProcess } from '../api-process';
import { type BenchRooms, openRooms } from '../bench-rooms';
import { HttpCaller } from '../http-caller';
import { LedgerBank } from '../ledger-bank';
import { PrivateDatabase } from '../private-database';
import { cityAdmin, foundSmallCity, type SmallCity } from '../small-city';
import { WriterProcess } from './writer-process';

export type Victim = 'postgres' | 'api';

/** Everything a crash run needs: a durable Postgres of its own, one API in front, and a process of group-commit callers beside it. */
export class CrashScene {
  private constructor(
    readonly database: PrivateDatabase,
    private api: ApiProcess,
    readonly caller: HttpCaller,
    readonly city: SmallCity,
    readonly bank: LedgerBank,
    private readonly rooms: BenchRooms,
    private writer: WriterProcess,
  ) {}

  static async open(): Promise<CrashScene> {
    const database = await PrivateDatabase.open();
    const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
    const caller = new HttpCaller(api.origin);
    const city = await foundSmallCity(caller, { volunteers: 1, clients: 6, grantMinutes: 10_000 });
    const rooms = await openRooms(database.url, new RunningClock(), [LedgerModule]);
    const bank = await LedgerBank.open(rooms, 8);
    return new CrashScene(database, api, caller, city, bank, rooms, await WriterProcess.start(database.url));
  }

  /** Whoever writes through the group-commit writer just now. */
  get writing(): WriterProcess {
    return this.writer;
  }

  /** SIGKILL, and the same again from what is on disk. */
  async kill(victim: Victim): Promise<void> {
    if (victim === 'postgres') {
      await this.database.postgres.stop('SIGKILL');
      await this.database.postgres.start();
    } else {
      const { port } = this.api;
      await Promise.all([this.api.end('SIGKILL'), this.writer.end('SIGKILL')]);
      const { url } = this.database;
      const settings = { databaseUrl: url, port, admin: cityAdmin };
      [this.api, this.writer] = await Promise.all([ApiProcess.start(settings), WriterProcess.start(url)]);
    }
  }

  /** How many faults the audit finds in both ledgers, chains and all. Connections that died with the server are asked again. */
  async faults(): Promise<number> {
    for (;;) {
      try {
        const { faults } = await this.rooms.get(AuditLedger).run([this.city.bankId, this.bank.bankId]);
        return faults.length;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }

  async close(): Promise<void> {
    this.caller.close();
    await this.rooms.close();
    await this.writer.end();
    await this.api.end();
    await this.database.close();
  }
}
