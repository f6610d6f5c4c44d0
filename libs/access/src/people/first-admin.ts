import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { countCityAdmins, lockCityAdmins } from '../city-admins';
import { ChangeSignIn } from '../sign-in/change-sign-in';
import { CreatePerson } from './create-person';
import { GrantRole } from '../roles/grant-role';
import { JudgePassword } from '../passwords/judge-password';
import { Passwords } from '../passwords/passwords';

/**
 * Makes a person city admin, without membership, while the city has none; afterwards it changes nothing, so it may run at
 * every start. A person who signs in with that phone already gets the role and this password. Answers whether it was made. Refuses what
 * `JudgePassword` refuses, but takes what is long enough for members: a setting of earlier releases must not keep a city from starting.
 */
@Injectable()
export class FirstAdmin {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly judgePassword: JudgePassword,
    private readonly passwords: Passwords,
    private readonly createPerson: CreatePerson,
    private readonly changeSignIn: ChangeSignIn,
    private readonly grantRole: GrantRole,
  ) {}

  async run(admin: { phone: string; password: string }): Promise<boolean> {
    if (await this.isThere()) return false;
    this.judgePassword.run(admin.password, { phone: admin.phone, names: [], birthDates: [] }, false);
    const passwordHash = await this.passwords.hash(admin.password);
    return this.unit.run([], async () => {
      await lockCityAdmins(this.unit);
      if ((await countCityAdmins(this.unit, null)) > 0) return false;
      const personId = await this.personWith(admin.phone, passwordHash);
      return this.grantRole.run({ personId, bankId: null, role: 'admin', memberId: null });
    });
  }

  /** Asked before anything is judged: the settings of a first start may stay in place for years. */
  private async isThere(): Promise<boolean> {
    return (await this.unit.run([], () => countCityAdmins(this.unit, null))) > 0;
  }

  private async personWith(phone: string, passwordHash: string): Promise<string> {
    const known = await this.unit.one<{ personId: string }>('select person_id from person where sign_in_phone = $1', [phone]);
    const personId = known?.personId ?? newId();
    if (known) await this.changeSignIn.run({ personId, signInPhone: null, passwordHash });
    else await this.createPerson.run({ personId, signInPhone: phone, passwordHash });
    return personId;
  }
}
