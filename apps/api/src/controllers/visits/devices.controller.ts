import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { DayBundle, InputOf, Stored } from '@timebank/contract';
import { ReadDayBundle, RegisterDevice } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** A volunteer's phone: its key, and what it keeps to work without signal. */
@Controller()
export class DevicesController {
  constructor(
    private readonly registerDevice: RegisterDevice,
    private readonly readDayBundle: ReadDayBundle,
  ) {}

  @Endpoint('putDevice')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putDevice'>): Promise<Stored<{ done: true }>> {
    return this.registerDevice.run(caller, params.deviceId, body);
  }

  @Endpoint('dayBundle')
  bundle(@Caller() caller: Actor): Promise<DayBundle> {
    return this.readDayBundle.run(caller);
  }
}
