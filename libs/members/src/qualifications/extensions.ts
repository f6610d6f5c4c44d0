import { Injectable } from '@nestjs/common';
import { type Actor, memberIn } from '@timebank/access';
import { type AnswerOf, type Extension, type ExtensionInput, refuse, type Stored } from '@timebank/contract';
import { contentHash, cutPage, once, UnitOfWork } from '@timebank/database';
import { QualificationKinds } from './qualification-kinds';
import { ExtensionRow } from './qualification-kind.entity';

/**
 * Many qualifications of a kind last longer by one act, with a reason: those of a bank's members that were to end between two days. Whoever does it is left
 * out, for nobody qualifies themselves. An extension is no grant: who recorded it and when stays. It can be undone: what was granted since keeps its day.
 */
@Injectable()
export class Extensions {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: QualificationKinds,
  ) {}

  /** Idempotent under the caller's id. Refuses `extensions/id_reused`, `wrong_order` and `qualifications/unknown_kind`. */
  async put(actor: Actor, bankId: string, extensionId: string, input: ExtensionInput): Promise<Stored<Extension>> {
    const { code, from, to, validUntil, note } = input;
    const key = { bankId, extensionId };
    const sent = { hash: contentHash(input), reused: 'extensions/id_reused' } as const;
    return this.unit.run([bankId], async () => {
      const first = await once(this.unit, ExtensionRow, key, sent, async () => {
        if (to < from) throw refuse('extensions/wrong_order', { from, until: to }, 'body.to');
        if (validUntil <= to) throw refuse('extensions/wrong_order', { from: to, until: validUntil }, 'body.validUntil');
        await this.kinds.one(code, 'body.code');
        await this.inTurn(code);
        const by = { extendedBy: actor.personId, extendedAt: this.unit.now, undoneBy: null, undoneAt: null };
        const row = { ...key, code, fromDay: from, toDay: to, validUntil, note, ...by, contentHash: sent.hash };
        if (!(await this.unit.insertNew(ExtensionRow, row))) return false;
        await this.unit.query(
          `with ending as (
             select q.member_id, q.valid_until, q.grants from qualification q
              where q.bank_id = $1 and q.code = $3 and q.valid_until between $4 and $5 and q.member_id is distinct from $6
              order by q.member_id for no key update
           ), kept as (
             insert into qualification_extended (bank_id, extension_id, member_id, valid_before, grants)
             select $1, $2, member_id, valid_until, grants from ending
           )
           update qualification q set valid_until = $7 from ending e
            where q.bank_id = $1 and q.member_id = e.member_id and q.code = $3`,
          [bankId, extensionId, code, from, to, memberIn(actor, bankId), validUntil],
        );
        return true;
      });
      return { first, value: await this.one(bankId, extensionId) };
    });
  }

  /** Gives each the day of the extensions that still stand, or else the one it was granted through. Repeatable. Refuses `extensions/not_found`. */
  async undo(actor: Actor, bankId: string, extensionId: string): Promise<Extension> {
    return this.unit.run([bankId], async () => {
      const row = await this.unit.one<{ code: string; undoneAt: Date | null }>(
        'select code, undone_at from qualification_extension where bank_id = $1 and extension_id = $2 for no key update',
        [bankId, extensionId],
      );
      if (!row) throw refuse('extensions/not_found');
      if (row.undoneAt === null) {
        await this.inTurn(row.code);
        await this.unit.query(
          `with back as (
             select m.member_id, m.grants,
                    coalesce(max(x.valid_until) filter (where x.undone_at is null and x.extension_id <> $2), min(m.valid_before)) as valid_until
               from qualification_extended e
               join qualification_extended m on m.bank_id = e.bank_id and m.member_id = e.member_id and m.grants = e.grants
               join qualification_extension x on x.bank_id = m.bank_id and x.extension_id = m.extension_id and x.code = $3
              where e.bank_id = $1 and e.extension_id = $2 group by m.member_id, m.grants
           )
           update qualification q set valid_until = b.valid_until from back b
            where q.bank_id = $1 and q.member_id = b.member_id and q.code = $3 and q.grants = b.grants
              and q.valid_until <> b.valid_until and q.member_id is distinct from $4`,
          [bankId, extensionId, row.code, memberIn(actor, bankId)],
        );
        await this.unit.updateRow(ExtensionRow, { bankId, extensionId }, { undoneBy: actor.personId, undoneAt: this.unit.now });
      }
      return this.one(bankId, extensionId);
    });
  }

  /** All of a bank, or those by which a member's lasted longer. */
  async list(
    bankId: string,
    { memberId, ...page }: { memberId?: string | undefined; limit: number; cursor?: string | undefined },
  ): Promise<AnswerOf<'listExtensions'>> {
    return cutPage(await this.unit.run([bankId], () => this.read(bankId, null, memberId ?? null)), page);
  }

  /** One act on a kind after another: each has to see which extensions stand. */
  private async inTurn(code: string): Promise<void> {
    await this.unit.query('select from qualification_kind where code = $1 for no key update', [code]);
  }

  private async one(bankId: string, extensionId: string): Promise<Extension> {
    return (await this.read(bankId, extensionId, null))[0] as Extension;
  }

  private async read(bankId: string, extensionId: string | null, memberId: string | null): Promise<Extension[]> {
    const rows = await this.unit.query<Omit<Extension, 'extendedAt' | 'undoneAt'> & { extendedAt: Date; undoneAt: Date | null }>(
      `select e.extension_id, e.code, e.from_day as from, e.to_day as to, e.valid_until, e.note, e.extended_at, e.undone_at,
              (select count(*)::integer from qualification_extended m where m.bank_id = $1 and m.extension_id = e.extension_id) as members,
              (select h.name from helper h where h.bank_id = $1 and h.person_id = e.extended_by limit 1) as extended_by_name
         from qualification_extension e
        where e.bank_id = $1 and ($2::uuid is null or e.extension_id = $2)
          and ($3::uuid is null or exists (
            select from qualification_extended m where m.bank_id = $1 and m.extension_id = e.extension_id and m.member_id = $3))
        order by e.extended_at desc, e.extension_id`,
      [bankId, extensionId, memberId],
    );
    return rows.map((row) => ({ ...row, extendedAt: row.extendedAt.toISOString(), undoneAt: row.undoneAt?.toISOString() ?? null }));
  }
}
