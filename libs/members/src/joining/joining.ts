import { Injectable } from '@nestjs/common';
import { Locator, ProvePhone, type SignInSource } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import {
  type ApplicationInput,
  type ApplicationState,
  consentTextVersion,
  type JoiningBank,
  refuse,
  type Stored,
} from '@timebank/contract';
import { contentHash, isRepeat, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { cleanName } from '../member.rules';
import { ApplicationRow } from './joining.entity';
import { ageOn, refuseWithoutGuardian } from '../identity.rules';
import { LayIdentity } from '../lay-identity';

type JoinableBank = { bankId: string; name: string; phone: string; closedOn: string | null };
/** More than a station could look through: then something else than people is asking. */
const mostOpen = 500;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Lets people ask to join a bank by themselves. A code proves their phone; nothing of them is a member's until the desk has seen them and takes them
 * in. The code's budgets and limits are those of signing in. Refuses `banks/not_found`, `access/wrong_code`, `joining/already_member`,
 * `joining/already_applied`, `joining/too_many`, `joining/id_reused`, `members/guardian_needed`, `members/identity_differs`.
 */
@Injectable()
export class Joining {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly readBank: ReadBank,
    private readonly provePhone: ProvePhone,
    private readonly layIdentity: LayIdentity,
  ) {}

  async show(typed: string): Promise<JoiningBank> {
    const { bankId, name, phone } = await this.find(typed);
    return { bankId, bankName: name, bankPhone: phone, textVersion: consentTextVersion };
  }

  async code(typed: string, phone: string, source: SignInSource): Promise<{ done: true; expiresAt: string; minutes: number }> {
    await this.find(typed);
    const { expiresAt, minutes } = await this.provePhone.request(phone, source);
    return { done: true, expiresAt: expiresAt.toISOString(), minutes };
  }

  async put(typed: string, applicationId: string, sent: ApplicationInput, source: SignInSource): Promise<Stored<ApplicationState>> {
    const { bankId } = await this.find(typed);
    const { code, identityNumber, consents = [], guardian, ...input } = { ...sent, name: cleanName(sent.name) };
    const hash = contentHash({ ...input, consents, guardian });
    const identityHash = this.layIdentity.hashOf(identityNumber, input.birthDate);
    const key = { bankId, applicationId };
    const isKnown = () => isRepeat(this.unit, ApplicationRow, key, { hash, reused: 'joining/id_reused' });
    if (await this.unit.run([bankId], isKnown)) return { first: false, value: await this.answer(key) };
    await this.refuseUnsound(bankId, input, guardian ? { isMember: false } : null);
    const done = await this.provePhone.run({ phone: input.phone, code }, source, [bankId], async () => {
      await this.refuseTaken(bankId, input.phone);
      const made = await this.unit.insertNew(ApplicationRow, {
        ...input,
        ...key,
        homeAddress: input.homeAddress ?? null,
        volunteerNumber: input.volunteerNumber ?? null,
        identityHash,
        guardianName: guardian?.name ?? null,
        guardianPhone: guardian?.phone ?? null,
        guardianKind: guardian?.kind ?? null,
        consents: Object.fromEntries(consents.map(({ purpose, granted }) => [purpose, granted])),
        state: 'applied',
        appliedAt: this.unit.now,
        checkedWay: null,
        checkedBy: null,
        checkedAt: null,
        decidedBy: null,
        decidedAt: null,
        reasonCode: null,
        note: null,
        contentHash: hash,
      });
      if (!made) throw refuse('joining/already_applied');
    });
    if (!done) throw refuse('access/wrong_code', {}, 'body.code');
    return { first: true, value: await this.answer(key) };
  }

  /** By the number that posters say, or by its id. Banks stand apart from each other, so each is asked. */
  private async find(typed: string): Promise<JoinableBank> {
    const wanted = typed.toLowerCase();
    const banks = uuid.test(wanted) ? [wanted] : await this.locator.banks();
    const found = await this.unit.run(banks, () =>
      this.unit.one<JoinableBank>(
        `select bank_id, name, phone, closed_on from bank
          where bank_id = any ($1::uuid[]) and ($2 = bank_id::text or $2 = lpad(bank_number::text, 3, '0')) limit 1`,
        [banks, wanted],
      ),
    );
    if (!found || found.closedOn !== null) throw refuse('banks/not_found');
    return found;
  }

  private async refuseUnsound(
    bankId: string,
    input: { birthDate: string; roles: readonly string[] },
    guardian: { isMember: boolean } | null,
  ): Promise<void> {
    await this.unit.run([bankId], async () => {
      const today = localDate(this.unit.now, (await this.readBank.run(bankId)).zone);
      refuseWithoutGuardian(ageOn(input.birthDate, today), input.roles, guardian);
    });
  }

  /** Whoever has proved the phone may hear what is known of it. */
  private async refuseTaken(bankId: string, phone: string): Promise<void> {
    if (await this.unit.one('select from person where sign_in_phone = $1', [phone]))
      throw refuse('joining/already_member', {}, 'body.phone');
    const open = await this.unit.one<{ same: boolean; count: number }>(
      `select coalesce(bool_or(phone = $2), false) as same, count(*)::integer as count
         from (select phone from application where bank_id = $1 and state = 'applied' limit ${mostOpen}) open`,
      [bankId, phone],
    );
    if (open?.same) throw refuse('joining/already_applied', {}, 'body.phone');
    if ((open?.count ?? 0) >= mostOpen) throw refuse('joining/too_many');
  }

  private async answer({ bankId, applicationId }: { bankId: string; applicationId: string }): Promise<ApplicationState> {
    const row = await this.unit.run([bankId], () =>
      this.unit.one<{ state: ApplicationState['state']; appliedAt: Date }>(
        'select state, applied_at from application where bank_id = $1 and application_id = $2',
        [bankId, applicationId],
      ),
    );
    if (!row) throw refuse('joining/not_found');
    return { applicationId, state: row.state, appliedAt: row.appliedAt.toISOString() };
  }
}
