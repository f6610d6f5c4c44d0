import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { PutPolicy, WithdrawPolicy } from '@timebank/banks';
import type { InputOf, Policies, PolicyRow, Stored, Waiting } from '@timebank/contract';
import { ShowPolicies } from '@timebank/members';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Dated policy of banks and city. */
@Controller()
export class PoliciesController {
  constructor(
    private readonly showPolicies: ShowPolicies,
    private readonly putPolicy: PutPolicy,
    private readonly withdrawPolicy: WithdrawPolicy,
  ) {}

  @Endpoint('getPolicies')
  list(@Input() { params, query }: InputOf<'getPolicies'>): Promise<Policies> {
    return this.showPolicies.run(params.bankId, query.day);
  }

  @Endpoint('putPolicy')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putPolicy'>): Promise<Stored<PolicyRow> | Waiting> {
    return this.putPolicy.run(caller, params.bankId, params.policyId, body);
  }

  @Endpoint('putCityPolicy')
  putForCity(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCityPolicy'>): Promise<Stored<PolicyRow> | Waiting> {
    return this.putPolicy.run(caller, null, params.policyId, body);
  }

  @Endpoint('withdrawPolicy')
  withdraw(@Caller() caller: Actor, @Input() { params }: InputOf<'withdrawPolicy'>): Promise<PolicyRow | Waiting> {
    return this.withdrawPolicy.run(caller, params.bankId, params.policyId);
  }

  @Endpoint('withdrawCityPolicy')
  withdrawForCity(@Caller() caller: Actor, @Input() { params }: InputOf<'withdrawCityPolicy'>): Promise<PolicyRow | Waiting> {
    return this.withdrawPolicy.run(caller, null, params.policyId);
  }
}
