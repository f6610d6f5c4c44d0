import { Injectable } from '@nestjs/common';
import { type Actor, isOneself } from '@timebank/access';
import { type Candidate, type ImaginedPlan, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { RequestRow } from '@timebank/requests';
import { Gate } from './gate';
import { forOneself } from './gate.rules';

/**
 * "Why not she?": all that stands between a named person and a request, for staff; also as if the request began
 * at another time, or a visit of it were given up. Locks nothing and promises nothing. Refuses `requests/not_found` and
 * `members/not_found`.
 */
@Injectable()
export class ReadCandidate {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly gate: Gate,
  ) {}

  async run(actor: Actor, bankId: string, requestId: string, memberId: string, imagined?: ImaginedPlan): Promise<Candidate> {
    const banks = await this.gate.banks(bankId, memberId);
    return this.unit.run(banks, async () => {
      const request = await this.unit.one<RequestRow>(
        'select bank_id, request_id, starts_at from request where bank_id = $1 and request_id = $2',
        [bankId, requestId],
      );
      if (!request) throw refuse('requests/not_found');
      const answer = await this.gate.look(request, memberId, banks, imagined);
      const found = isOneself(actor, memberId) ? forOneself(answer.found) : answer.found;
      return { gate: found.map(({ reason }) => reason), reasons: found as Candidate['reasons'] };
    });
  }
}
