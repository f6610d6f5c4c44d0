import { Injectable } from '@nestjs/common';
import { type Actor, GrantRole, hasRole } from '@timebank/access';
import { Interchange, OpenClearing } from '@timebank/banks';
import { type Guest, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { GuestRow } from './guest.entity';
import { GuestView } from './guest-view';

type GuestRequest = { actor: Actor; bankId: string; memberId: string; homeBankId: string };
type Volunteer = { personId: string; accountId: string; memberNumber: string; name: string };

/**
 * A volunteer of one bank helps in another: they ask (201), a coordinator there confirms by the same call (200). Confirming gives the volunteer's
 * role there and opens the two banks' clearing accounts, in one transaction; the minutes earned go home. A repeat changes nothing; a guest who was
 * declined or has ended may ask again. It begins only while policy `interchange` is on in both banks (`banks/interchange_off`) and neither is closed
 * (`banks/closed`). Refuses `guests/own_bank`, `guests/id_reused` for another home bank, `guests/not_asked` to a coordinator, `members/not_found` for
 * somebody who is no volunteer of that home bank, and `guests/not_found` to anybody else. Source: Nanjing 2021, city-wide interchange.
 */
@Injectable()
export class PutGuest {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly interchange: Interchange,
    private readonly openClearing: OpenClearing,
    private readonly grantRole: GrantRole,
    private readonly view: GuestView,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string, homeBankId: string): Promise<Stored<Guest>> {
    const isOwn = actor.roles.some((role) => role.memberId === memberId && !role.homeBankId);
    if (!isOwn && !hasRole(actor, 'coordinator', bankId)) throw refuse('guests/not_found');
    if (homeBankId === bankId) throw refuse('guests/own_bank', {}, 'body.homeBankId');
    const asked: GuestRequest = { actor, bankId, memberId, homeBankId };
    return this.unit.run([bankId, homeBankId], async () => {
      const known = await this.find(asked);
      if (known && known.homeBankId !== homeBankId) throw refuse('guests/id_reused', {}, 'body.homeBankId');
      const first = isOwn ? await this.ask(asked, known) : await this.confirm(asked, known);
      const [value] = await this.view.run([(await this.find(asked)) as GuestRow]);
      return { first, value: value as Guest };
    });
  }

  private find({ bankId, memberId }: GuestRequest): Promise<GuestRow | null> {
    return this.unit.one<GuestRow>('select * from guest where bank_id = $1 and member_id = $2 for no key update', [bankId, memberId]);
  }

  private async ask(asked: GuestRequest, known: GuestRow | null): Promise<boolean> {
    const { actor, bankId, memberId, homeBankId } = asked;
    if (known && known.state !== 'ended') return false;
    const { personId, accountId, memberNumber, name } = await this.volunteer(asked);
    await this.interchange.holdOpen([bankId, homeBankId]);
    const made = await this.unit.one(
      `insert into guest as g (bank_id, member_id, home_bank_id, person_id, account_id, member_number, name, state, asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'asked', $8)
       on conflict (bank_id, member_id) do update set state = 'asked', asked_at = excluded.asked_at, name = excluded.name,
         confirmed_by = null, confirmed_at = null, ended_by = null, ended_at = null, version = g.version + 1
       where g.state = 'ended' returning member_id`,
      [bankId, memberId, homeBankId, personId, accountId, memberNumber, name, this.unit.now],
    );
    if (made) this.unit.tell(bankId, 'guests/asked', { memberId, homeBankId, actorId: actor.personId });
    return made !== null;
  }

  private async confirm(asked: GuestRequest, known: GuestRow | null): Promise<boolean> {
    const { actor, bankId, memberId, homeBankId } = asked;
    if (known?.state === 'confirmed') return false;
    if (known?.state !== 'asked') throw refuse('guests/not_asked');
    const { personId, name } = await this.volunteer(asked);
    await this.interchange.holdOpen([bankId, homeBankId]);
    await this.openClearing.run(bankId, homeBankId);
    const confirmed = { state: 'confirmed', confirmedBy: actor.personId, confirmedAt: this.unit.now, name } as const;
    await this.unit.updateRow(GuestRow, { bankId, memberId }, confirmed);
    await this.grantRole.run({ personId, bankId, role: 'volunteer', memberId, homeBankId });
    this.unit.tell(bankId, 'guests/confirmed', { memberId, homeBankId, actorId: actor.personId });
    return false;
  }

  /** Somebody who is a volunteer at the home bank now. */
  private async volunteer({ memberId, homeBankId }: GuestRequest): Promise<Volunteer> {
    const volunteer = await this.unit.one<Volunteer>(
      `select m.person_id, m.account_id, m.member_number, m.name from member m
         join person p on p.person_id = m.person_id and p.disabled_at is null
         join role r on r.member_id = m.member_id and r.bank_id = m.bank_id and r.role = 'volunteer'
        where m.bank_id = $1 and m.member_id = $2`,
      [homeBankId, memberId],
    );
    if (!volunteer) throw refuse('members/not_found', {}, 'body.homeBankId');
    return volunteer;
  }
}
