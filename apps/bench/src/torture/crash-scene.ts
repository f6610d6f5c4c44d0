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
    private processes: { api: ApiProcess; writer: WriterProcess },
    readonly caller: HttpCaller,
    readonly city: SmallCity,
    readonly bank: LedgerBank,
    private readonly rooms: BenchRooms,
  ) {}

  static async open(): Promise<CrashScene> {
    const database = await PrivateDatabase.open();
    const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
    const caller = new HttpCaller(api.origin);
    const city = await foundSmallCity(caller, { volunteers: 1, clients: 6, grantMinutes: 10_000 });
    const rooms = await openRooms(database.url, new RunningClock(), [LedgerModule]);
    const bank = await LedgerBank.open(rooms, 8);
    const writer = await WriterProcess.start(database.url);
    return new CrashScene(database, { api, writer }, caller, city, bank, rooms);
  }

  /** Whoever writes through the group-commit writer just now. */
  get writing(): WriterProcess {
    return this.processes.writer;
  }

  /** SIGKILL, and the same again from what is on disk. */
  async kill(victim: Victim): Promise<void> {
    if (victim === 'postgres') {
      await this.database.postgres.stop('SIGKILL');
      await this.database.postgres.start();
    } else {
      const { api, writer } = this.processes;
      const { port } = api;
      await Promise.all([api.end('SIGKILL'), writer.end('SIGKILL')]);
      const { url } = this.database;
      const settings = { databaseUrl: url, port, admin: cityAdmin };
      const [risen, writing] = await Promise.all([ApiProcess.start(settings), WriterProcess.start(url)]);
      this.processes = { api: risen, writer: writing };
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
    await this.processes.writer.end();
    await this.processes.api.end();
    await this.database.close();
  }
}
