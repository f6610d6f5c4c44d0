import { Injectable } from '@nestjs/common';
import { type Actor, isOneself } from '@timebank/access';
import { refuse, type RiskReading, type RiskReadingInput, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { OwnMember } from '@timebank/members';
import { RiskReadingRow } from './risk-reading.entity';

/**
 * Keeps that a helper knows the risks of a kind of service: they read them, or a coordinator read them out. Idempotent; what was kept first stays. Refuses
 * `members/not_found`, `service_kinds/not_found`, and `service_kinds/risk_changed` where the text is no longer the one that was shown.
 */
@Injectable()
export class KeepRiskReading {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownMember: OwnMember,
  ) {}

  async own(actor: Actor, serviceKind: string, input: RiskReadingInput): Promise<Stored<RiskReading>> {
    const member = await this.ownMember.run(actor);
    if (!member) throw refuse('members/not_found');
    return this.run(actor, member.bankId, member.memberId, serviceKind, input);
  }

  async run(
    actor: Actor,
    bankId: string,
    memberId: string,
    serviceKind: string,
    { version }: RiskReadingInput,
  ): Promise<Stored<RiskReading>> {
    return this.unit.run([bankId], async () => {
      const helper = await this.unit.one('select from helper where bank_id = $1 and member_id = $2', [bankId, memberId]);
      if (!helper) throw refuse('members/not_found');
      const kind = await this.unit.one<{ version: string | null }>(
        'select risk_version(code) as version from service_kind where code = $1',
        [serviceKind],
      );
      if (!kind) throw refuse('service_kinds/not_found');
      if (kind.version !== version) throw refuse('service_kinds/risk_changed', {}, 'body.version');
      const first = await this.unit.insertNew(RiskReadingRow, {
        bankId,
        memberId,
        serviceKind,
        version,
        way: isOneself(actor, memberId) ? 'read' : 'read_out',
        recordedBy: actor.personId,
        recordedAt: this.unit.now,
      });
      return { first, value: await this.kept(bankId, memberId, serviceKind, version) };
    });
  }

  private async kept(bankId: string, memberId: string, serviceKind: string, version: string): Promise<RiskReading> {
    const row = await this.unit.one<Omit<RiskReading, 'recordedAt'> & { recordedAt: Date }>(
      `select service_kind, version, way, recorded_at from risk_reading
        where bank_id = $1 and member_id = $2 and service_kind = $3 and version = $4`,
      [bankId, memberId, serviceKind, version],
    );
    if (!row) throw refuse('members/not_found');
    return { ...row, recordedAt: row.recordedAt.toISOString() };
  }
}
