import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf, PublicCheckpoint, Restores } from '@timebank/contract';
import { ShowCheckpoint, ShowProof } from '@timebank/hours';
import { type CheckpointKey, type EntriesProof, ListCheckpoints, ReadCheckpointKeys, ReadRestores, SayRestored } from '@timebank/ledger';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** By what a stranger can check the ledger. */
@Controller()
export class CheckpointsController {
  constructor(
    private readonly showProof: ShowProof,
    private readonly listCheckpoints: ListCheckpoints,
    private readonly showCheckpoint: ShowCheckpoint,
    private readonly readKeys: ReadCheckpointKeys,
    private readonly readRestores: ReadRestores,
    private readonly sayRestored: SayRestored,
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

  @Endpoint('listRestores')
  restores(@Input() { params }: InputOf<'listRestores'>): Promise<Restores> {
    return this.readRestores.run(params.bankId);
  }

  @Endpoint('sayRestored')
  restored(@Input() { body }: InputOf<'sayRestored'>): Promise<Restores> {
    return this.sayRestored.run(body);
  }

  @Endpoint('listCheckpointKeys')
  keys(): { items: CheckpointKey[] } {
    return { items: this.readKeys.run() };
  }
}
