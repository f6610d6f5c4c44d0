import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import {
  type AnswerOf,
  type ImaginedPlan,
  type KindReason,
  type Policy,
  rankParts,
  type RankedCandidate,
  refuse,
} from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { PassGate, ReadCandidate } from '@timebank/visits';
import { BankToday } from '../bank-today';
import { kindReasonsOf, partsOf, type RankFacts, type RankPart, scoreOf, weightKeys } from './rank.rules';
import { volunteerSql, volunteersSql } from './rank.sql';

export type Rank = { memberId: string; score: number; parts: RankPart[] };
type RankRow = RankFacts & { memberId: string };
type Wish = { limit: number; order?: 'best' | 'kept'; askedToo?: boolean };

const requestExistsSql = 'select from request where bank_id = $1 and request_id = $2';

/** How many more than wanted are put before the gate at first. */
const spare = 10;
/** More than anybody asks for in one list. */
const most = 500;

export const weightsOf = (policy: Policy): number[] => rankParts.map((name) => policy[weightKeys[name]]);

export function rankedOf({ memberId, ...facts }: RankRow, policy: Policy): Rank {
  const parts = partsOf(facts, policy);
  return { memberId, score: scoreOf(parts), parts };
}

/**
 * Who suits a request, the best first: ranked in SQL over all volunteers of the bank, and the gate asked about those on top. Nobody whom it stops is in
 * the list; who it is that it stops, and why, is said of one person at a time. Refuses `requests/not_found`.
 */
@Injectable()
export class RankCandidates {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
    private readonly passGate: PassGate,
    private readonly readCandidate: ReadCandidate,
  ) {}

  /** `askedToo`: those count too who have been asked about this request already. Opens units of its own. */
  async top(bankId: string, requestId: string, { limit, order = 'best', askedToo = false }: Wish): Promise<Rank[]> {
    for (let rows = limit + spare; ; rows *= 4) {
      const ranked = await this.unit.run([bankId], async () => {
        const { policy } = await this.bankToday.run(bankId);
        const values = [bankId, this.unit.now, weightsOf(policy), rows, requestId, askedToo];
        const found = await this.unit.query<RankRow>(volunteersSql(order), values);
        return found.map((row) => rankedOf(row, policy));
      });
      const pairs = await this.passGate.run(
        bankId,
        [requestId],
        ranked.map(({ memberId }) => memberId),
      );
      const passed = new Set(pairs.map(({ memberId }) => memberId));
      const suiting = ranked.filter(({ memberId }) => passed.has(memberId));
      if (suiting.length >= limit || ranked.length < rows || rows >= most) return suiting.slice(0, limit);
    }
  }

  /** What speaks for a request to one volunteer, as they may hear it. */
  async reasons(bankId: string, requestId: string, memberId: string): Promise<KindReason[]> {
    const row = await this.unit.run([bankId], () => this.factsOf(bankId, requestId, memberId, []));
    return kindReasonsOf(row);
  }

  private async factsOf(bankId: string, requestId: string, memberId: string, weights: readonly number[]): Promise<RankRow> {
    return (await this.unit.one<RankRow>(volunteerSql, [bankId, this.unit.now, weights, 1, requestId, memberId])) as RankRow;
  }

  /** For the desk, with names and phones. */
  async list(bankId: string, requestId: string, limit: number): Promise<AnswerOf<'listCandidates'>> {
    const ranked = await this.top(bankId, requestId, { limit, askedToo: true });
    const people = await this.unit.run([bankId], async () => {
      if (ranked.length === 0 && !(await this.unit.one(requestExistsSql, [bankId, requestId]))) throw refuse('requests/not_found');
      return this.unit.query<{ memberId: string; name: string; phone: string | null }>(
        `select h.member_id, h.name, m.phone from helper h left join member m on m.bank_id = h.bank_id and m.member_id = h.member_id
          where h.bank_id = $1 and h.member_id = any ($2::uuid[])`,
        [bankId, ranked.map(({ memberId }) => memberId)],
      );
    });
    const byId = new Map(people.map((person) => [person.memberId, person]));
    return { items: ranked.flatMap((one) => ({ ...one, ...(byId.get(one.memberId) ?? { name: '', phone: null }) })) };
  }

  /** "Why not she?": all that stands between one person and a request, and how they would rank without it. */
  async one(actor: Actor, bankId: string, requestId: string, memberId: string, imagined?: ImaginedPlan): Promise<RankedCandidate> {
    const candidate = await this.readCandidate.run(actor, bankId, requestId, memberId, imagined);
    return this.unit.run([bankId], async () => {
      const { policy } = await this.bankToday.run(bankId);
      const { score, parts } = rankedOf(await this.factsOf(bankId, requestId, memberId, weightsOf(policy)), policy);
      return { ...candidate, score, parts };
    });
  }
}
