import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type ImportStartInput, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CheckImport } from './check-import';
import { HoldImport } from './hold-import';
import { ImportRunRow } from './import.entity';

/**
 * Lets an import begin, after a dry run if there was none, or one that was cancelled go on; background work does it. Again is a repeat. Opening balances need
 * a control total, and it has to be what the file comes to. Refuses `imports/column_missing`, `imports/control_total_needed`, `imports/control_total_differs`.
 */
@Injectable()
export class StartImport {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly hold: HoldImport,
    private readonly check: CheckImport,
  ) {}

  async run(actor: Actor, bankId: string, importId: string, { controlTotal }: ImportStartInput): Promise<void> {
    const before = await this.unit.run([bankId], () => this.hold.run(bankId, importId));
    if (before.kind === 'balances' && before.startedAt === null && controlTotal === undefined) {
      throw refuse('imports/control_total_needed', {}, 'body.controlTotal');
    }
    if (before.startedAt === null && before.state === 'queued' && before.checked === null) await this.check.run(bankId, importId);
    await this.unit.run([bankId], async () => {
      const run = await this.hold.run(bankId, importId);
      // Of one that was pruned nothing is left to do.
      if (run.startedAt !== null && (run.state !== 'cancelled' || run.counts !== null)) return;
      if (run.startedAt === null) this.refuseDiffering(run, controlTotal);
      if (run.checked === null) throw refuse('imports/already_started', { state: run.state });
      const started =
        run.startedAt === null ? { startedBy: actor.personId, startedAt: this.unit.now, controlTotal: controlTotal ?? null } : {};
      await this.unit.updateRow(ImportRunRow, { bankId, importId }, { ...started, state: 'queued', finishedAt: null });
      if (run.startedAt !== null) return;
      // What only the whole file shows is known from here on; everything else is looked at again when it is done.
      await this.unit.query(
        `delete from import_problem where bank_id = $1 and import_id = $2 and code <> 'twice_in_file' and code <> 'number_taken'`,
        [bankId, importId],
      );
    });
  }

  private refuseDiffering({ kind, sumMinutes }: ImportRunRow, controlTotal: number | undefined): void {
    if (kind === 'balances' && controlTotal === undefined) throw refuse('imports/control_total_needed', {}, 'body.controlTotal');
    if (controlTotal === undefined || sumMinutes === null || controlTotal === sumMinutes) return;
    throw refuse('imports/control_total_differs', { total: sumMinutes, controlTotal }, 'body.controlTotal');
  }
}
