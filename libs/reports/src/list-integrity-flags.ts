import { Injectable } from '@nestjs/common';
import { integrityKinds, type IntegrityFlag, type IntegrityFlagQuery, type IntegrityQuery, type Language } from '@timebank/contract';
import { cutPage } from '@timebank/database';
import type { IntegrityFlag as Found } from './flags.rules';
import { writeFlagsCsv } from './flags-csv.rules';
import { NamePeople } from './name-people';
import { ReadIntegrity, type ReadVisits } from './read-integrity';
import { type Table, tableOf } from './report-table.rules';

type FoundFlags = Pick<ReadVisits, 'bankName' | 'from' | 'to'> & { flags: IntegrityFlag[] };

/** Enough to begin a look with. */
const visitsShown = 20;

/**
 * Which of a bank's visits between two days raise questions, with the figures and the newest of those visits. By kind, then by name: nobody is
 * ranked. Computed each time, so a page is a place in the list as it is now. The door lets admins and auditors only. Refuses as `ShowBankIntegrity`.
 */
@Injectable()
export class ListIntegrityFlags {
  constructor(
    private readonly readIntegrity: ReadIntegrity,
    private readonly namePeople: NamePeople,
  ) {}

  async run(
    bankId: string,
    { kind, limit, cursor, ...range }: IntegrityFlagQuery,
  ): Promise<{ items: IntegrityFlag[]; nextCursor: string | null }> {
    const { flags } = await this.all(bankId, range);
    return cutPage(
      flags.filter((flag) => kind === undefined || flag.kind === kind),
      { limit, cursor },
    );
  }

  /** All of them as a table, a line each; without a language for programs. */
  async csv(bankId: string, query: IntegrityQuery, language: Language | null): Promise<Table> {
    const found = await this.all(bankId, query);
    return tableOf('flags', `integrity-flags-${found.from}-${found.to}`, found, language, writeFlagsCsv(found.flags, language));
  }

  private async all(bankId: string, range: IntegrityQuery): Promise<FoundFlags> {
    const { told } = await this.readIntegrity.run([bankId], range, async (read) => ({
      bankName: read.bankName,
      from: read.from,
      to: read.to,
      flags: await this.named(read),
    }));
    return told[0] as FoundFlags;
  }

  private async named({ bankId, visits, flags }: ReadVisits): Promise<IntegrityFlag[]> {
    const members = await this.namePeople.members(
      bankId,
      flags.flatMap(({ volunteerIds, clientId }) => [...volunteerIds, ...(clientId === null ? [] : [clientId])]),
    );
    const persons = await this.namePeople.persons(
      bankId,
      flags.flatMap(({ personId }) => personId ?? []),
    );
    const days = new Map(visits.map(({ visitId, day }) => [visitId, day]));
    const member = (memberId: string) => ({ memberId, name: members(memberId) ?? '' });
    const named = flags.map(({ kind, volunteerIds, clientId, personId, figures, visitIds }: Found): IntegrityFlag => ({
      kind,
      volunteers: volunteerIds.map(member),
      client: clientId === null ? null : member(clientId),
      coordinator: personId === null ? null : { personId, name: persons(personId) },
      figures,
      visitCount: visitIds.length,
      visits: visitIds
        .slice(-visitsShown)
        .toReversed()
        .map((visitId) => ({ visitId, day: days.get(visitId) as string })),
    }));
    const collator = new Intl.Collator('zh-Hans');
    const nameOf = ({ volunteers, coordinator }: IntegrityFlag) => volunteers[0]?.name ?? coordinator?.name ?? '';
    const place = ({ kind }: IntegrityFlag) => integrityKinds.indexOf(kind);
    return named.sort((left, right) => place(left) - place(right) || collator.compare(nameOf(left), nameOf(right)));
  }
}
