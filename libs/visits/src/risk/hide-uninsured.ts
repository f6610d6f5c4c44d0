import { Injectable, type OnModuleInit } from '@nestjs/common';
import { riskLevels } from '@timebank/contract';
import { Takeable } from '@timebank/requests';
import { uninsuredOn } from './insured.sql';

/** Lists show a volunteer nothing that the gate then refuses because it is not insured. */
@Injectable()
export class HideUninsured implements OnModuleInit {
  constructor(private readonly takeable: Takeable) {}

  onModuleInit(): void {
    this.takeable.register(({ insuranceRequired, riskyFrom }) => {
      if (insuranceRequired === 'off') return null;
      const asked = insuranceRequired === 'all' ? riskLevels : riskLevels.slice(riskLevels.indexOf(riskyFrom));
      const risks = asked.map((level) => `'${level}'`).join();
      return `((select k.risk_level from service_kind k where k.code = r.service_kind) not in (${risks}) or ${uninsuredOn} is null)`;
    });
  }
}
