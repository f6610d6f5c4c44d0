import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Home, InputOf } from '@timebank/contract';
import { ShowHome } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** What the first screen needs, in one call. */
@Controller()
export class HomeController {
  constructor(private readonly showHome: ShowHome) {}

  @Endpoint('home')
  home(@Caller() caller: Actor, @Input() { query }: InputOf<'home'>): Promise<Home> {
    return this.showHome.run(caller, query);
  }
}
