import { Controller, Inject } from '@nestjs/common';
import { type Actor, SignInTrust } from '@timebank/access';
import { ListBanks } from '@timebank/banks';
import type { AnswerOf } from '@timebank/contract';
import { CLOCK } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import { OwnMember } from '@timebank/members';
import { Caller, Endpoint } from '../../http/endpoint';

@Controller()
export class MeController {
  constructor(
    private readonly ownMember: OwnMember,
    private readonly listBanks: ListBanks,
    private readonly trust: SignInTrust,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who is signed in, where they belong, and the product's clock, which front ends use instead of their own. */
  @Endpoint('me')
  async me(@Caller() caller: Actor): Promise<AnswerOf<'me'>> {
    const member = await this.ownMember.run(caller);
    const banks = await this.listBanks.run(caller);
    const secretIsOwn = await this.trust.secretIsOwn(caller.personId);
    const roles = caller.roles.map(({ role, bankId }) => ({ role, bankId }));
    return { personId: caller.personId, member, roles, banks, secretIsOwn, now: this.clock.now().toISOString(), speed: this.clock.speed };
  }
}
