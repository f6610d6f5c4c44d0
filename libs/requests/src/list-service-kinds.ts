import { Injectable } from '@nestjs/common';
import type { AnswerOf, ServiceKind } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';

/** The service kinds of the city, those without a qualification first: what a new volunteer can do comes first. */
@Injectable()
export class ListServiceKinds {
  constructor(private readonly unit: UnitOfWork) {}

  async run(page: { limit: number; cursor?: string | undefined } = { limit: 200 }): Promise<AnswerOf<'listServiceKinds'>> {
    const kinds = await this.unit.glance<ServiceKind>(`
      select code, name, risk_level, required_qualification, usual_minutes from service_kind
      order by required_qualification is not null, position`);
    return cutPage(kinds, page);
  }
}
