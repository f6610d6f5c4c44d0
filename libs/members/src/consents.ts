import { Injectable } from '@nestjs/common';
import { type Actor, Locator } from '@timebank/access';
import {
  type Consent,
  type ConsentInput,
  type ConsentPurpose,
  type Consents as ConsentsAnswer,
  consentTextVersion,
  refuse,
  type Stored,
} from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { mayAskAgain } from './identity.rules';

type NewestWord = { granted: boolean; textVersion: number | null; givenAt: Date };
type KeptPurpose = Exclude<ConsentPurpose, 'location'>;
type Word = { personId: string; purpose: KeptPurpose; recipient: string | null; granted: boolean; textVersion: number; at: Date };
/** Where the word about a purpose is kept that another room uses. */
type Elsewhere = { read(personId: string): Promise<NewestWord | null>; say(actor: Actor, granted: boolean): Promise<boolean> };

const own = '00000000-0000-0000-0000-000000000000';

/**
 * What people let be done with what is known of them, by purpose and recipient, with the version of the text they read. Every word is kept with its
 * time; the newest counts at once, and the same again changes nothing. Location is kept where it is used (`about`). Refuses `banks/not_found`,
 * `consents/recipient`. Source: PIPL, articles 14, 15, 23 and 29.
 */
@Injectable()
export class Consents {
  private elsewhere: Elsewhere | null = null;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
  ) {}

  /** How the room that looks at locations reads and keeps the word about them. */
  about(_purpose: 'location', elsewhere: Elsewhere): void {
    this.elsewhere = elsewhere;
  }

  async list(actor: Actor): Promise<ConsentsAnswer> {
    return this.unit.run([], async () => {
      const kept = await this.unit.query<{ purpose: KeptPurpose; recipient: string; name: string | null } & NewestWord>(
        `select distinct on (c.purpose, c.recipient) c.purpose, c.recipient, c.granted, c.text_version, c.given_at,
                (select b.name from bank_names(array[c.recipient]) b) as name
           from consent c where c.person_id = $1 order by c.purpose, c.recipient, c.revision desc`,
        [actor.personId],
      );
      const item = (purpose: ConsentPurpose, recipient: string | null, name: string | null, said: NewestWord | null): Consent => ({
        purpose,
        recipientBankId: recipient,
        recipientName: name,
        granted: said?.granted ?? false,
        textVersion: said?.textVersion ?? null,
        givenAt: said?.givenAt.toISOString() ?? null,
        mayAsk: mayAskAgain(said, this.unit.now),
      });
      const ofOwn = (purpose: KeptPurpose) => kept.find((one) => one.purpose === purpose && one.recipient === own) ?? null;
      return {
        textVersion: consentTextVersion,
        items: [
          item('location', null, null, (await this.elsewhere?.read(actor.personId)) ?? null),
          item('photo', null, null, ofOwn('photo')),
          item('publication', null, null, ofOwn('publication')),
          ...kept.filter(({ purpose }) => purpose === 'sharing').map((one) => item('sharing', one.recipient, one.name, one)),
        ],
      };
    });
  }

  async put(actor: Actor, purpose: ConsentPurpose, { granted, textVersion, recipientBankId }: ConsentInput): Promise<Stored<Consent>> {
    if ((purpose === 'sharing') !== (recipientBankId !== undefined)) throw refuse('consents/recipient', {}, 'body.recipientBankId');
    if (recipientBankId !== undefined && !(await this.locator.isBank(recipientBankId)))
      throw refuse('banks/not_found', {}, 'body.recipientBankId');
    const first = await this.unit.run([], async () =>
      purpose === 'location'
        ? ((await this.elsewhere?.say(actor, granted)) ?? false)
        : this.keep({ personId: actor.personId, purpose, recipient: recipientBankId ?? null, granted, textVersion, at: this.unit.now }),
    );
    const { items } = await this.list(actor);
    const value = items.find((one) => one.purpose === purpose && one.recipientBankId === (recipientBankId ?? null));
    if (!value) throw refuse('request/not_found');
    return { first, value };
  }

  /** In the caller's unit of work; false where the newest word says the same already. A refusal is a word too, and is kept. */
  async keep({ personId, purpose, recipient, granted, textVersion, at }: Word): Promise<boolean> {
    await this.unit.query('select pg_advisory_xact_lock(hashtextextended($1::text, 21))', [personId]);
    const made = await this.unit.one(
      `insert into consent (person_id, purpose, recipient, revision, granted, text_version, given_at)
       select $1::uuid, $2, $3::uuid, coalesce(max(revision), 0) + 1, $4::boolean, $5, $6 from consent where person_id = $1::uuid and purpose = $2 and recipient = $3::uuid
       having (array_agg(granted order by revision desc))[1] is distinct from $4::boolean
           or (array_agg(text_version order by revision desc))[1] is distinct from $5::integer returning revision`,
      [personId, purpose, recipient ?? own, granted, textVersion, at],
    );
    return made !== null;
  }
}
