import { Injectable } from '@nestjs/common';
import type { AnswerOf, ServiceKind } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { kindColumns, kindOrder } from './kind-view';

/** The service kinds of the city, those without a qualification first: what a new volunteer can do comes first. */
@Injectable()
export class ListServiceKinds {
  constructor(private readonly unit: UnitOfWork) {}

  async run(page: { limit: number; cursor?: string | undefined } = { limit: 200 }): Promise<AnswerOf<'listServiceKinds'>> {
    return cutPage(await this.read(null), page);
  }

  async one(code: string): Promise<ServiceKind | null> {
    return (await this.read(code))[0] ?? null;
  }

  /** The city has no zone of its own: its day is UTC's. */
  private read(code: string | null): Promise<ServiceKind[]> {
    const day = `($2::timestamptz at time zone 'UTC')::date`;
    return this.unit.run([], () =>
      this.unit.query<ServiceKind>(
        `select k.usual_minutes, k.position, k.is_offered, ${kindColumns(day)} where $1::text is null or k.code = $1 ${kindOrder}`,
        [code, this.unit.now],
      ),
    );
  }
}
