import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { ChangeSignIn } from './change-sign-in';
import { KnownDevices } from './known-devices';
import { Sessions } from './sessions';
import { TellByText } from './tell-by-text';

export type PhoneMove = { personId: string; phone: string; startedBy: string; confirmedBy: string | null };

/**
 * Moves a sign-in to another phone, for the staff who were asked to, or a member of staff for themselves: on record, told to the number
 * before, and every sign-in and known browser ends with it. Inside a unit. Refuses `members/phone_in_use` as `ChangeSignIn`.
 */
@Injectable()
export class MoveSignInPhone {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changeSignIn: ChangeSignIn,
    private readonly sessions: Sessions,
    private readonly devices: KnownDevices,
    private readonly text: TellByText,
  ) {}

  async run({ personId, phone, startedBy, confirmedBy }: PhoneMove): Promise<void> {
    const before = await this.unit.one<{ signInPhone: string | null }>('select sign_in_phone from person where person_id = $1', [personId]);
    await this.changeSignIn.run({ personId, signInPhone: phone, passwordHash: null });
    await this.unit.query(
      `insert into sign_in_act (act_id, person_id, kind, how, started_by, confirmed_by, started_at) values ($1, $2, 'moved', 'desk', $3, $4, $5)`,
      [newId(), personId, startedBy, confirmedBy, this.unit.now],
    );
    await this.sessions.endAll(personId);
    await this.devices.forgetAll(personId);
    if (before?.signInPhone) this.text.news(before.signInPhone, 'phone_moved');
  }
}
