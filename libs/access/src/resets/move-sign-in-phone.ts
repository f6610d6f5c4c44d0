import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { SignInActRow } from './sign-in-act.entity';
import { ChangeSignIn } from '../sign-in/change-sign-in';
import { KnownDevices } from '../known-devices';
import { Sessions } from '../sessions/sessions';
import { TellByText } from '../codes/tell-by-text';

export type PhoneMove = { personId: string; phone: string; startedBy: string; confirmedBy: string | null };

/**
 * Moves a sign-in to another phone, for staff who were asked to, or for a member of staff themselves. It is on record, the old number is told, and
 * every sign-in and known browser ends. Inside a unit. Refuses `members/phone_in_use` as `ChangeSignIn`.
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
    const moved = { kind: 'moved', how: 'desk', startedBy, confirmedBy, startedAt: this.unit.now } as const;
    await this.unit.insertRow(SignInActRow, { actId: newId(), personId, ...moved });
    await this.sessions.endAll(personId);
    await this.devices.forgetAll(personId);
    if (before?.signInPhone) this.text.news(before.signInPhone, 'phone_moved');
  }
}
