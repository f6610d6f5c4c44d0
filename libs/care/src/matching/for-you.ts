import { Injectable } from '@nestjs/common';
import { type Actor, guestHome, memberIn } from '@timebank/access';
import type { AnswerOf } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { GetRequest } from '@timebank/requests';
import { PassGate } from '@timebank/visits';
import { BankToday } from '../bank-today';
import { kindReasonsOf, partsOf, type RankFacts, scoreOf } from './rank.rules';
import { weightsOf } from './rank-candidates';
import { requestsSql } from './rank.sql';

type Item = AnswerOf<'forYou'>['items'][number];

/** So many are looked at for each that is shown, at first and at most: some the gate stops, and some wait for minutes. */
const [lookedAtFirst, lookedAtMost] = [2, 8];

/**
 * Requests for a volunteer, the best first, of every bank where they help: what they could take now, and what speaks for it. What speaks against it, and
 * what is hidden from them, is simply not there.
 */
@Injectable()
export class ForYou {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly bankToday: BankToday,
    private readonly getRequest: GetRequest,
    private readonly passGate: PassGate,
  ) {}

  async run(actor: Actor, limit: number): Promise<AnswerOf<'forYou'>> {
    const banks = actor.roles.flatMap(({ role, bankId }) => (role === 'volunteer' && bankId !== null ? [bankId] : []));
    const found: { item: Item; score: number }[] = [];
    for (const bankId of banks) found.push(...(await this.inBank(actor, bankId, limit)));
    return {
      items: found
        .toSorted((one, other) => other.score - one.score)
        .slice(0, limit)
        .map(({ item }) => item),
    };
  }

  private async inBank(actor: Actor, bankId: string, limit: number): Promise<{ item: Item; score: number }[]> {
    const memberId = memberIn(actor, bankId);
    if (memberId === null) return [];
    const home = guestHome(actor, bankId) ?? bankId;
    for (let rows = limit * lookedAtFirst; ; rows *= 2) {
      const ranked = await this.ranked(bankId, memberId, home, rows);
      const ids = ranked.map(({ requestId }) => requestId);
      const seen = new Map((await this.getRequest.many(actor, bankId, ids)).map((request) => [request.requestId, request]));
      const passed = new Set((await this.passGate.run(bankId, ids, [memberId])).map(({ requestId }) => requestId));
      const suiting = ranked.flatMap(({ requestId, facts, score }) => {
        const request = seen.get(requestId);
        if (request?.state !== 'open' || !passed.has(requestId)) return [];
        return [{ item: { ...request, reasons: kindReasonsOf(facts) }, score }];
      });
      if (suiting.length >= limit || ranked.length < rows || rows >= limit * lookedAtMost) return suiting;
    }
  }

  private ranked(bankId: string, memberId: string, home: string, rows: number) {
    return this.unit.run([...new Set([bankId, home])], async () => {
      const { policy } = await this.bankToday.run(bankId);
      const found = await this.unit.query<RankFacts & { requestId: string }>(requestsSql, [
        bankId,
        this.unit.now,
        weightsOf(policy),
        rows,
        memberId,
        home,
      ]);
      return found.map(({ requestId, ...facts }) => ({ requestId, facts, score: scoreOf(partsOf(facts, policy)) }));
    });
  }
}
