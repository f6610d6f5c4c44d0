import { Injectable } from '@nestjs/common';
import { type AnswerOf, languages, type QualificationKind, type QualificationKindInput, refuse, type Stored } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { QualificationKindRow } from './qualification-kind.entity';

/** The kinds of qualification, of the whole city. */
@Injectable()
export class QualificationKinds {
  constructor(private readonly unit: UnitOfWork) {}

  async list(page: { limit: number; cursor?: string | undefined }): Promise<AnswerOf<'listQualificationKinds'>> {
    return cutPage(await this.unit.run([], () => this.read(null)), page);
  }

  /** Of a kind that somebody names. Refuses `qualifications/unknown_kind`. */
  async one(code: string, path: string): Promise<QualificationKind> {
    const kind = await this.unit.run([], async () => (await this.read(code))[0]);
    if (!kind) throw refuse('qualifications/unknown_kind', { qualification: code }, path);
    return kind;
  }

  /**
   * Lays a kind down, or changes it; what is sent is the whole of it. What was granted before keeps its day. The same content again changes nothing. Refuses
   * `qualifications/stale` when another version is there than was read, `no_validity`, `same_name`, and `unknown_kind` for what it includes.
   */
  async put(code: string, input: QualificationKindInput): Promise<Stored<QualificationKind>> {
    const { toYearEnd = false, validityMonths, reactivateWithinDays = null, refresherMinutes = null } = input;
    if (validityMonths === 0 && !toYearEnd) throw refuse('qualifications/no_validity', {}, 'body.validityMonths');
    const includes = [...new Set(input.includes ?? [])].filter((other) => other !== code).sort();
    const names = languages.flatMap((language) =>
      input.names[language] === undefined ? [] : [[language, input.names[language]] as const],
    );
    const columns = { validityMonths, toYearEnd, reactivateWithinDays, refresherMinutes };
    return this.unit.run([], async () => {
      // Written by one at a time: names are compared with those of all other kinds.
      await this.unit.query(`select pg_advisory_xact_lock(hashtextextended('qualification_kind', 100))`);
      const [before] = await this.read(code);
      if (before && same({ ...columns, includes, names: Object.fromEntries(names) }, before)) return { first: false, value: before };
      if ((input.version ?? 0) !== (before?.version ?? 0))
        throw refuse('qualifications/stale', { version: before?.version ?? 0 }, 'body.version');
      await this.check(code, names, includes);
      if (before) await this.unit.updateRow(QualificationKindRow, { code }, columns);
      else await this.unit.insertRow(QualificationKindRow, { code, ...columns });
      await this.write(code, names, includes);
      return { first: !before, value: (await this.read(code))[0] as QualificationKind };
    });
  }

  private async check(code: string, names: readonly (readonly [string, string | undefined])[], includes: readonly string[]): Promise<void> {
    const other = await this.unit.one<{ language: string; name: string; code: string }>(
      `select n.language, n.name, n.code from qualification_kind_name n join unnest($2::text[], $3::text[]) s (language, name) using (language)
        where n.code <> $1 and folded_name(n.name) = folded_name(s.name) limit 1`,
      [code, names.map(([language]) => language), names.map(([, name]) => name)],
    );
    if (other) throw refuse('qualifications/same_name', { name: other.name, code: other.code }, `body.names.${other.language}`);
    const known = await this.unit.query<{ code: string }>('select code from qualification_kind where code = any ($1::text[])', [includes]);
    const unknown = includes.find((included) => !known.some((kind) => kind.code === included));
    if (unknown) throw refuse('qualifications/unknown_kind', { qualification: unknown }, 'body.includes');
  }

  private async write(code: string, names: readonly (readonly [string, string | undefined])[], includes: readonly string[]): Promise<void> {
    const sent = [code, names.map(([language]) => language), names.map(([, name]) => name)];
    await this.unit.query('delete from qualification_kind_name where code = $1 and language <> all ($2::text[])', sent.slice(0, 2));
    await this.unit.query(
      `insert into qualification_kind_name (code, language, name)
         select $1, s.language, s.name from unnest($2::text[], $3::text[]) s (language, name)
       on conflict (code, language) do update set name = excluded.name where qualification_kind_name.name <> excluded.name`,
      sent,
    );
    await this.unit.query('delete from qualification_kind_include where code = $1 and included <> all ($2::text[])', [code, includes]);
    await this.unit.query(`insert into qualification_kind_include (code, included) select $1, unnest($2::text[]) on conflict do nothing`, [
      code,
      includes,
    ]);
  }

  private read(code: string | null): Promise<QualificationKind[]> {
    return this.unit.query<QualificationKind>(
      `select k.*, (select coalesce(jsonb_object_agg(n.language, n.name), '{}') from qualification_kind_name n where n.code = k.code) as names,
              array(select i.included from qualification_kind_include i where i.code = k.code order by 1) as includes
         from qualification_kind k where $1::text is null or k.code = $1 order by k.code`,
      [code],
    );
  }
}

type Content = Pick<QualificationKind, 'validityMonths' | 'toYearEnd' | 'reactivateWithinDays' | 'refresherMinutes' | 'includes' | 'names'>;

const contentOf = (kind: Content) => [
  kind.validityMonths,
  kind.toYearEnd,
  kind.reactivateWithinDays,
  kind.refresherMinutes,
  kind.includes,
  languages.map((language) => kind.names[language] ?? null),
];

const same = (one: Content, other: Content) => JSON.stringify(contentOf(one)) === JSON.stringify(contentOf(other));
