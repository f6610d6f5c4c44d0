import { Injectable } from '@nestjs/common';
import { refuse, type ServiceKind, type ServiceKindInput, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { checkVersion, type KindWords, type NeededQualification, neededOf, wordsOf } from './kind.rules';
import { ListServiceKinds } from './list-service-kinds';
import { ServiceKindRow } from './service-kind.entity';

/**
 * Lays down a kind of service for the whole city, or changes it. What it is sent is the whole kind: names and needed qualifications that are left out
 * go. The same content again changes nothing. What was asked for before stays as it is. Refuses `service_kinds/stale` when another version is there
 * than the one that was read, or one where none was read; `service_kinds/same_name` whatever the case of the letters; and what `neededOf` refuses.
 */
@Injectable()
export class PutServiceKind {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ListServiceKinds,
  ) {}

  async run(code: string, input: ServiceKindInput): Promise<Stored<ServiceKind>> {
    const [needed, words] = [neededOf(input), wordsOf(input)];
    return this.unit.run([], async () => {
      // The catalogue is written by one at a time: names are compared with those of all other kinds.
      await this.unit.query(`select pg_advisory_xact_lock(hashtextextended('service_kind', 100))`);
      const before = await this.kinds.one(code);
      const sent = columnsOf(input);
      if (before && isAsSent(before, sent, needed, words)) return { first: false, value: before };
      checkVersion(input.version, before?.version);
      await this.checkNames(code, words);
      if (before) await this.unit.updateRow(ServiceKindRow, { code }, sent);
      else await this.unit.insertRow(ServiceKindRow, { code, ...sent });
      await this.writeWords(code, words);
      await this.writeNeeded(code, needed);
      return { first: before === null, value: (await this.kinds.one(code)) as ServiceKind };
    });
  }

  private async checkNames(code: string, words: readonly KindWords[]): Promise<void> {
    const other = await this.unit.one<{ language: string; name: string; code: string }>(
      `select n.language, n.name, n.code from service_kind_name n join unnest($2::text[], $3::text[]) s (language, name) using (language)
        where n.code <> $1 and folded_name(n.name) = folded_name(s.name) limit 1`,
      [code, words.map(({ language }) => language), words.map(({ name }) => name)],
    );
    if (other) throw refuse('service_kinds/same_name', { name: other.name, code: other.code }, `body.names.${other.language}`);
  }

  private async writeWords(code: string, words: readonly KindWords[]): Promise<void> {
    const languages = words.map(({ language }) => language);
    await this.unit.query('delete from service_kind_name where code = $1 and language <> all ($2::text[])', [code, languages]);
    await this.unit.query(
      `insert into service_kind_name (code, language, name, risk_text)
         select $1, s.language, s.name, s.risk_text from unnest($2::text[], $3::text[], $4::text[]) s (language, name, risk_text)
       on conflict (code, language) do update set name = excluded.name, risk_text = excluded.risk_text
         where (service_kind_name.name, service_kind_name.risk_text) is distinct from (excluded.name, excluded.risk_text)`,
      [code, languages, words.map(({ name }) => name), words.map(({ riskText }) => riskText)],
    );
  }

  private async writeNeeded(code: string, needed: readonly NeededQualification[]): Promise<void> {
    const values = [code, needed.map((one) => one.code), needed.map(({ from }) => from), needed.map(({ until }) => until)];
    await this.unit.query(
      `delete from service_kind_qualification q where q.code = $1 and not exists (
         select from unnest($2::text[], $3::date[]) s (qualification, valid_from)
          where s.qualification = q.qualification and s.valid_from = q.valid_from)`,
      values.slice(0, 3),
    );
    await this.unit.query(
      `insert into service_kind_qualification (code, qualification, valid_from, valid_until)
         select $1, s.* from unnest($2::text[], $3::date[], $4::date[]) s (qualification, valid_from, valid_until)
       on conflict (code, qualification, valid_from) do update set valid_until = excluded.valid_until
         where service_kind_qualification.valid_until is distinct from excluded.valid_until`,
      values,
    );
  }
}

type KindColumns = Omit<ServiceKindRow, 'code' | 'version'>;

function columnsOf(input: ServiceKindInput): KindColumns {
  const { riskLevel, usualMinutes, position, helpersNeeded = 1 } = input;
  const { furtherHelpersPaidBy = 'client', openToVolunteers = true, isOffered = true } = input;
  return { class: input.class, riskLevel, usualMinutes, position, helpersNeeded, furtherHelpersPaidBy, openToVolunteers, isOffered };
}

function isAsSent(before: ServiceKind, sent: KindColumns, needed: readonly NeededQualification[], words: readonly KindWords[]): boolean {
  const sameColumns = (Object.keys(sent) as (keyof KindColumns)[]).every((name) => before[name] === sent[name]);
  const sameWords = JSON.stringify(wordsOf(before)) === JSON.stringify(words);
  return sameColumns && sameWords && JSON.stringify(before.requiredQualifications) === JSON.stringify(needed);
}
