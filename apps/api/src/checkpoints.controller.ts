import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf, PublicCheckpoint } from '@timebank/contract';
import { ShowCheckpoint, ShowProof } from '@timebank/hours';
import { type CheckpointKey, type EntriesProof, ListCheckpoints, ReadCheckpointKeys } from '@timebank/ledger';
import { Caller, Endpoint, Input } from './http/endpoint';

/** By what a stranger can check the ledger. */
@Controller()
export class CheckpointsController {
  constructor(
    private readonly showProof: ShowProof,
    private readonly listCheckpoints: ListCheckpoints,
    private readonly showCheckpoint: ShowCheckpoint,
    private readonly readKeys: ReadCheckpointKeys,
  ) {}

  @Endpoint('transferProof')
  proof(@Caller() caller: Actor, @Input() { params }: InputOf<'transferProof'>): Promise<EntriesProof> {
    return this.showProof.run(caller, params.bankId, params.transferId);
  }

  @Endpoint('listCheckpoints')
  list(@Input() { params, query }: InputOf<'listCheckpoints'>): Promise<AnswerOf<'listCheckpoints'>> {
    return this.listCheckpoints.run(params.bankId, query);
  }

  @Endpoint('getCheckpoint')
  get(@Input() { params }: InputOf<'getCheckpoint'>): Promise<PublicCheckpoint> {
    return this.showCheckpoint.run(params.bankId, Number(params.number));
  }

  @Endpoint('listCheckpointKeys')
  keys(): { items: CheckpointKey[] } {
    return { items: this.readKeys.run() };
  }
}
