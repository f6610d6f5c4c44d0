import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { InputOf, RiskReading, Stored } from '@timebank/contract';
import { KeepRiskReading } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Risks that helpers know. */
@Controller()
export class RisksController {
  constructor(private readonly keepRiskReading: KeepRiskReading) {}

  @Endpoint('putRiskReading')
  read(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putRiskReading'>): Promise<Stored<RiskReading>> {
    return this.keepRiskReading.own(caller, params.serviceKind, body);
  }

  @Endpoint('putMemberRiskReading')
  readOut(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putMemberRiskReading'>): Promise<Stored<RiskReading>> {
    return this.keepRiskReading.run(caller, params.bankId, params.memberId, params.serviceKind, body);
  }
}
