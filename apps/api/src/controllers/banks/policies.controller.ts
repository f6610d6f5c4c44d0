import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ListPolicies, PutPolicy } from '@timebank/banks';
import type { InputOf, Policies, PolicyRow, Stored, Waiting } from '@timebank/contract';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Dated policy of banks and city. */
@Controller()
export class PoliciesController {
  constructor(
    private readonly listPolicies: ListPolicies,
    private readonly putPolicy: PutPolicy,
  ) {}

  @Endpoint('getPolicies')
  list(@Input() { params, query }: InputOf<'getPolicies'>): Promise<Policies> {
    return this.listPolicies.run(params.bankId, query.day);
  }

  @Endpoint('putPolicy')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putPolicy'>): Promise<Stored<PolicyRow> | Waiting> {
    return this.putPolicy.run(caller, params.bankId, params.policyId, body);
  }

  @Endpoint('putCityPolicy')
  putForCity(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCityPolicy'>): Promise<Stored<PolicyRow> | Waiting> {
    return this.putPolicy.run(caller, null, params.policyId, body);
  }
}
