import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type Availability as Answer, type AvailabilityInput, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { Availability } from '@timebank/members';

/** Keeps when and how a member would help, once the catalogue knows every kind of service that they like. Refuses `availability/unknown_kind`. */
@Injectable()
export class SayAvailability {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly availability: Availability,
  ) {}

  async own(actor: Actor, input: AvailabilityInput): Promise<Stored<Answer>> {
    await this.checkKinds(input.kinds);
    return this.availability.putOwn(actor, input);
  }

  async of(bankId: string, memberId: string, input: AvailabilityInput): Promise<Stored<Answer>> {
    await this.checkKinds(input.kinds);
    return this.availability.put(bankId, memberId, input);
  }

  private async checkKinds(kinds: readonly string[]): Promise<void> {
    const [unknown] = await this.unit.run([], () =>
      this.unit.query<{ code: string; place: number }>(
        `select asked.code, asked.place - 1 as place from unnest($1::text[]) with ordinality asked (code, place)
          where not exists (select from service_kind k where k.code = asked.code) order by asked.place limit 1`,
        [kinds],
      ),
    );
    if (unknown) throw refuse('availability/unknown_kind', { serviceKind: unknown.code }, `body.kinds.${unknown.place}`);
  }
}
