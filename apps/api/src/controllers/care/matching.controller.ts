import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ForYou, RankCandidates, ReadWeek } from '@timebank/care';
import type { AnswerOf, InputOf, RankedCandidate } from '@timebank/contract';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Who suits a request, which requests suit somebody, and a bank's week. */
@Controller()
export class MatchingController {
  constructor(
    private readonly rankCandidates: RankCandidates,
    private readonly requestsForYou: ForYou,
    private readonly readWeek: ReadWeek,
  ) {}

  @Endpoint('listCandidates')
  list(@Input() { params, query }: InputOf<'listCandidates'>): Promise<AnswerOf<'listCandidates'>> {
    return this.rankCandidates.list(params.bankId, params.requestId, query.limit);
  }

  @Endpoint('getCandidate')
  one(@Caller() caller: Actor, @Input() { params, query }: InputOf<'getCandidate'>): Promise<RankedCandidate> {
    return this.rankCandidates.one(caller, params.bankId, params.requestId, params.memberId, query);
  }

  @Endpoint('readWeek')
  week(@Input() { params, query }: InputOf<'readWeek'>): Promise<AnswerOf<'readWeek'>> {
    return this.readWeek.run(params.bankId, query);
  }

  @Endpoint('forYou')
  forYou(@Caller() caller: Actor, @Input() { query }: InputOf<'forYou'>): Promise<AnswerOf<'forYou'>> {
    return this.requestsForYou.run(caller, query.limit);
  }
}
