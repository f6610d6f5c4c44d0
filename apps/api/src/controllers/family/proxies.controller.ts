import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf, Proxy, Stored } from '@timebank/contract';
import { EndProxies, PutProxy, ReadProxies } from '@timebank/family';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Who acts for a client. */
@Controller()
export class ProxiesController {
  constructor(
    private readonly readProxies: ReadProxies,
    private readonly putProxy: PutProxy,
    private readonly endProxies: EndProxies,
  ) {}

  @Endpoint('listProxies')
  list(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listProxies'>): Promise<AnswerOf<'listProxies'>> {
    return this.readProxies.list(caller, params.bankId, query);
  }

  @Endpoint('putProxy')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putProxy'>): Promise<Stored<Proxy>> {
    return this.putProxy.run(caller, params.bankId, params.proxyId, body);
  }

  @Endpoint('endProxy')
  end(@Caller() caller: Actor, @Input() { params, body }: InputOf<'endProxy'>): Promise<Proxy> {
    return this.endProxies.run(caller, params.bankId, params.proxyId, body.reasonCode);
  }

  @Endpoint('listActsFor')
  own(@Caller() caller: Actor): Promise<AnswerOf<'listActsFor'>> {
    return this.readProxies.own(caller);
  }
}
