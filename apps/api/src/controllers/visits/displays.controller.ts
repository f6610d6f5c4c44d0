import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Display, Displays, InputOf, Screen, Stored } from '@timebank/contract';
import { CloseDisplay, ListDisplays, OpenDisplay, ReadScreen } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Codes that change with time, and the screens that show them. */
@Controller()
export class DisplaysController {
  constructor(
    private readonly listDisplays: ListDisplays,
    private readonly openDisplay: OpenDisplay,
    private readonly closeDisplay: CloseDisplay,
    private readonly readScreen: ReadScreen,
  ) {}

  @Endpoint('listDisplays')
  list(@Input() { params, query }: InputOf<'listDisplays'>): Promise<Displays> {
    return this.listDisplays.run(params.bankId, query);
  }

  @Endpoint('putDisplay')
  open(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putDisplay'>): Promise<Stored<Display>> {
    return this.openDisplay.run(caller, params.bankId, params.displayId, body);
  }

  @Endpoint('closeDisplay')
  close(@Caller() caller: Actor, @Input() { params }: InputOf<'closeDisplay'>): Promise<{ done: true }> {
    return this.closeDisplay.run(caller, params.bankId, params.displayId);
  }

  @Endpoint('screen')
  screen(@Input() { params }: InputOf<'screen'>): Promise<Screen> {
    return this.readScreen.run(params.screen);
  }
}
