import { describe, expect, it } from '@jest/globals';
import { type BankIntegrity, type BankLiability, type IntegrityFlag, type Language, languages, reportWords } from '@timebank/contract';
import { writeFlagsCsv } from './flags-csv.rules';
import { liabilityOf } from './liability.rules';
import expected from './report-csv.expected.json' with { type: 'json' };
import { integrityTable, liabilityTable, writeReportCsv } from './report-csv.rules';
import { tableOf } from './report-table.rules';

const bankId = '0193a1f0-0000-7000-8000-000000000001';
const leftOut = [{ bankId, bankName: 'Bell Tower', timeZone: 'CTT', reason: 'time_zone' as const }];
/** Of these, what they write is kept in a file. */
const written = ['zh-Hans', 'en'] as const;

const moved = { bankId, year: 2026, isRecent: true, firstDay: '2026-03-02' };
const saved: BankLiability = {
  bankId,
  bankName: '=Drum; Tower',
  ...liabilityOf(
    [{ bankId, on: '2026-03-31', fromAge: 60, issueLimitMinutes: null }],
    {
      moved: [
        { ...moved, kind: 'issue', giver: 'issuance', taker: 'fund', minutes: 1_000 },
        { ...moved, kind: 'grant', giver: 'fund', taker: 'member', minutes: 925 },
        { ...moved, kind: 'service', giver: 'member', taker: 'member', minutes: 150 },
      ],
      lots: [{ bankId, band: '70to79', isYoung: false, source: 'grant', year: 2026, minutes: 925, holders: 2 }],
      held: [{ bankId, minutes: 45 }],
    },
    '2026-03-31',
  ),
};

const person = '0193a1f0-0000-7000-8000-000000000002';
const decided = { decisions: 4, shortened: 1, rejected: 0, unusual: 2, medianSeconds: 12.5, bulkPercent: 50, overdue: 0, flagged: 1 };
const integrity: BankIntegrity = {
  bankId,
  bankName: 'Drum Tower',
  from: '2026-03-01',
  to: '2026-03-31',
  visits: 5,
  minutes: 305,
  byAssurance: [{ assurance: 'A1', visits: 5, minutes: 305 }],
  byClass: [{ class: 'manual', visits: 1, minutes: 60 }],
  exceptions: [{ code: 'LOCATION_OFF', visits: 2 }],
  manualReasons: [
    { code: 'forgot_scan_out', visits: 1 },
    { code: 'paper', visits: 1 },
    { code: 'own_reason', visits: 1 },
  ],
  shorteningReasons: [{ code: 'left_early', visits: 1 }],
  rejectionReasons: [{ code: 'duplicate', visits: 1 }],
  callBacks: { made: 3, confirmed: 1, denied: 1, notReached: 1 },
  byHand: { grants: 2, reversals: 1, roleChanges: 0, byTwo: 1, withoutReason: 0 },
  flags: [{ kind: 'related', count: 1 }],
  approvers: [
    { personId: person, name: 'Wang Fang', ...decided, reversed: 1, appealsGranted: 0 },
    { personId: bankId, name: null, ...decided, medianSeconds: null, bulkPercent: null, reversed: 0, appealsGranted: 1 },
  ],
  denials: [{ volunteerId: person, name: '+Li', asked: 3, denied: 1 }],
};
const flags: IntegrityFlag[] = [
  {
    kind: 'related',
    volunteers: [{ memberId: person, name: '@Zhao' }],
    client: { memberId: bankId, name: 'Sun; =1+1' },
    coordinator: null,
    figures: { visits: 1, pairMinutes: 90 },
    visitCount: 1,
    visits: [{ visitId: person, day: '2026-03-05' }],
  },
  {
    kind: 'decides_unseen',
    volunteers: [],
    client: null,
    coordinator: { personId: bankId, name: null },
    figures: { some: 1, of: 40, bankPercent: 12.5, bulkPercent: 80, medianSeconds: 3.25, bankSeconds: 61 },
    visitCount: 40,
    visits: [
      { visitId: person, day: '2026-03-09' },
      { visitId: bankId, day: '2026-03-09' },
      { visitId: bankId, day: '2026-03-08' },
    ],
  },
];

const linesOf = (text: string) => text.slice(1).trimEnd().split('\r\n');
const savedLines = (language: Language | null) => linesOf(writeReportCsv(liabilityTable, [saved], leftOut, language));
const integrityLines = (language: Language | null) => linesOf(writeReportCsv(integrityTable, [integrity], leftOut, language));
const flagLines = (language: Language | null) => linesOf(writeFlagsCsv(flags, language));

describe('the reports as tables', () => {
  it('keep names, ids and columns for programs', () => {
    expect(savedLines(null)).toEqual(
      expect.arrayContaining([
        'scope,bankId,on,figure,value',
        `"'=Drum; Tower",${bankId},2026-03-31,firstDay,2026-03-02`,
        `"'=Drum; Tower",${bankId},2026-03-31,outstandingMinutes,925`,
        `"'=Drum; Tower",${bankId},2026-03-31,byAge.70to79.minutes,925`,
        `"'=Drum; Tower",${bankId},2026-03-31,fund.issueLimitMinutes,`,
        `Bell Tower,${bankId},,leftOut,CTT`,
      ]),
    );
    expect(integrityLines(null)).toEqual(
      expect.arrayContaining([
        'scope,bankId,from,to,figure,value',
        `Drum Tower,${bankId},2026-03-01,2026-03-31,manualReasons.paper.visits,1`,
        `Drum Tower,${bankId},2026-03-01,2026-03-31,approvers.${person}.name,Wang Fang`,
        `Bell Tower,${bankId},,,leftOut,CTT`,
      ]),
    );
    expect(flagLines(null)).toEqual([
      'kind,volunteers,client,coordinator,figures,visitCount,newestVisitIds',
      `related,'@Zhao,"Sun; '=1+1",,"visits=1; pairMinutes=90",1,${person}`,
      `decides_unseen,,,,"some=1; of=40; bankPercent=12.5; bulkPercent=80; medianSeconds=3.25; bankSeconds=61",40,${person} ${bankId} ${bankId}`,
    ]);
    expect(linesOf(writeReportCsv(liabilityTable, [{ ...saved, bankId: undefined, bankName: undefined } as never], [], null))[1]).toBe(
      'city,,2026-03-31,firstDay,2026-03-02',
    );
  });

  it.each(written)('E8: say to a reader in %s everything in words, names and hours, with plain minutes beside', (language) => {
    const { bankId: _id, bankName: _name, ...city } = saved;
    const [, cityLine] = linesOf(writeReportCsv(liabilityTable, [city], [], language));
    const lines = { saved: savedLines(language), city: cityLine, integrity: integrityLines(language), flags: flagLines(language) };
    expect(lines).toEqual(expected[language].lines);
  });

  it.each(languages)('E8: leave no id, code or figure without a word in %s, and no cell that runs', (language) => {
    const told = [...savedLines(language), ...integrityLines(language), ...flagLines(language)];
    expect(told.length).toBe(
      savedLines(null).length + integrityLines(null).length - integrity.approvers.length - 1 + flagLines(null).length,
    );
    expect(told.filter((line) => /[0-9a-f]{8}-[0-9a-f]{4}-|undefined|[a-z][A-Z]/.test(line))).toEqual([]);
    expect(told.filter((line) => /(^|[,;"]\s*)[=+@]/.test(line))).toEqual([]);
    expect(keysOf(reportWords(language))).toEqual(keysOf(reportWords('zh-Hans')));
  });

  it.each(written)('E8: have a name in %s that says what they are, of whom and which days', (language) => {
    const days = { from: '2026-03-01', to: '2026-03-31' };
    const names = [
      tableOf('saved', 'x', saved, language, ''),
      tableOf('visits', 'x', integrity, language, ''),
      tableOf('flags', 'x', days, language, ''),
    ];
    expect(names.map(({ name }) => name)).toEqual(expected[language].names);
    expect(tableOf('saved', 'saved-time-2026-03-31', saved, null, '').name).toBe('saved-time-2026-03-31');
  });
});

/** Every key of the words, with the places of its sentence. */
function keysOf(words: object, under = ''): string[] {
  return Object.entries(words).flatMap(([key, value]: [string, string | object]) =>
    typeof value === 'string' ? [`${under}${key} ${(value.match(/\{\w+\}/g) ?? []).sort().join(' ')}`] : keysOf(value, `${under}${key}.`),
  );
}
