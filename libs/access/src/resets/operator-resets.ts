import { Injectable } from '@nestjs/common';
import type { RoleName } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { SignInActRow } from './sign-in-act.entity';
import { ChangeSignIn } from '../sign-in/change-sign-in';
import { JudgePassword } from '../passwords/judge-password';
import { Passwords } from '../passwords/passwords';
import { Sessions } from '../sessions/sessions';
import { StartReset } from './start-reset';

export type DeskRole = { phone: string | null; role: RoleName; bankId: string | null; signIns: number; isBarred: boolean };

/**
 * What the operator of the machine may do when a city admin is locked out. Whoever has a shell there could change the database anyway; this does it
 * properly and on record. Every sign-in of that person ends.
 */
@Injectable()
export class OperatorResets {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly judgePassword: JudgePassword,
    private readonly passwords: Passwords,
    private readonly changeSignIn: ChangeSignIn,
    private readonly startReset: StartReset,
    private readonly sessions: Sessions,
  ) {}

  /** The person who signs in with this phone and runs the city; null for everybody else. */
  async adminWith(phone: string): Promise<string | null> {
    const [row] = await this.unit.glance<{ personId: string }>(
      `select person_id from person join role using (person_id) where sign_in_phone = $1 and role = 'admin' and bank_id is null and disabled_at is null`,
      [phone],
    );
    return row?.personId ?? null;
  }

  /** Sets a password that was typed at the machine. Refuses what `JudgePassword` refuses. */
  async set(personId: string, phone: string, password: string): Promise<void> {
    this.judgePassword.run(password, { phone, names: [], birthDates: [] }, true);
    const passwordHash = await this.passwords.hash(password);
    await this.unit.run([], async () => {
      await this.changeSignIn.run({ personId, signInPhone: null, passwordHash });
      const [startedAt, usedAt] = [this.unit.now, this.unit.now];
      await this.unit.insertRow(SignInActRow, { actId: newId(), personId, kind: 'reset', how: 'operator', startedAt, usedAt });
      await this.sessions.endAll(personId);
    });
  }

  /** A one-time code to print, by which the person chooses a password. */
  async code(personId: string, phone: string): Promise<{ code: string; expiresAt: Date }> {
    return this.unit.run([], async () => {
      await this.sessions.endAll(personId);
      return this.startReset.run({ personId, phone, how: 'operator', startedBy: null, confirmedBy: null });
    });
  }

  /** Everybody who runs or audits the city or a bank, with the number of their open sign-ins. */
  async list(): Promise<DeskRole[]> {
    return this.unit.glance<DeskRole>(
      `select p.sign_in_phone as phone, r.role, r.bank_id, p.disabled_at is not null as is_barred,
              (select count(*)::int from session s where s.person_id = p.person_id and s.expires_at > clock_timestamp()) as sign_ins
         from role r join person p using (person_id) where r.role in ('admin', 'auditor')
        order by r.bank_id nulls first, r.role, p.sign_in_phone`,
    );
  }
}
