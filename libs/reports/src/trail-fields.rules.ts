import type { Change, RoleName } from '@timebank/contract';

type ToldField = Change['changes'][number];
type Fields = string | { care: string } | { books: string };

/**
 * The fields of each table that its history tells, by column, with the API's name behind a colon where it is another. Denied by default: a column that
 * stands nowhere here is told to nobody. `care`: only coordinators and admins read these of the thing itself. `books`: only admins and auditors.
 */
const told: Readonly<Record<string, readonly Fields[]>> = {
  person: ['sign_in_phone:signInPhone password_hash:password disabled_at:disabled'],
  role: ['role'],
  waiting_act: ['kind state'],
  sign_in_act: ['kind how used_at'],
  bank: ['name phone time_zone address closed_on'],
  member: [
    'name birth_date phone left_on:left.on left_reason:left.reason volunteer_number merged_into',
    { care: 'home_address circumstances gender helper_wish' },
  ],
  guest: ['name state'],
  merge: ['undone_at'],
  application: ['state checked_way checked_at reason_code'],
  guardian: [{ care: 'name phone kind' }],
  relation: ['kind confirmed_at ended_on'],
  availability: ['weekly pauses languages kinds week_minutes'],
  qualification: ['valid_until'],
  qualification_exemption: ['valid_until note'],
  qualification_extension: ['code valid_until note undone_at'],
  qualification_kind: ['validity_months to_year_end reactivate_within_days refresher_minutes'],
  qualification_kind_name: ['name'],
  client_needs: [{ care: 'door hearing pets allergy emergency_name emergency_phone' }],
  grant_run: [{ books: 'granted_members refused_members pool_minutes fund_minutes finished_at' }],
  request: ['starts_at ends_at minutes place note state helpers_needed planned_date'],
  series: ['ends_on end_reason generated_until'],
  offer: ['state reason_code'],
  call_wish: ['done_at'],
  service_kind: ['class risk_level open_to_volunteers usual_minutes position helpers_needed is_offered'],
  service_kind_name: ['name risk_text'],
  bank_service_kind: ['is_offered usual_minutes position'],
  insurance: ['insurer number valid_from valid_until kinds ended_on end_note'],
  visit: [
    'volunteer_id planned_start planned_end planned_minutes state lane class assurance captured_in captured_out credited_minutes proposed_minutes manual_reason_code cancel_reason_code decision_reason_code payer',
  ],
  visit_exception: ['lane acknowledged_at'],
  service_card: ['revoked_at'],
  card_sheet: ['saved_at'],
  display: ['name closed_at'],
  course: ['title place places note closes_at drawn_at closed_at cancelled_at'],
  course_place: ['state result granted_until'],
  activity: ['name starts_at ends_at place helper_places participant_places note closed_at cancelled_at'],
  activity_place: ['state part minutes'],
};

const camel = (column: string) => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const parsed = new Map<string, Map<string, { field: string; to: 'staff' | 'care' | 'books' }>>();
for (const [table, groups] of Object.entries(told)) {
  const columns = new Map<string, { field: string; to: 'staff' | 'care' | 'books' }>();
  for (const group of groups) {
    const [to, text] =
      typeof group === 'string'
        ? (['staff', group] as const)
        : 'care' in group
          ? (['care', group.care] as const)
          : (['books', group.books] as const);
    for (const one of text.split(' ')) {
      const [column = '', field = camel(one)] = one.split(':');
      columns.set(column, { field, to });
    }
  }
  parsed.set(table, columns);
}

/** For the spec that holds the list against the catalogue. */
export const toldColumns = Object.entries(told).flatMap(([table]) =>
  [...(parsed.get(table)?.keys() ?? [])].map((column) => `${table}.${column}`),
);
export const toldFields = [...new Set([...parsed.values()].flatMap((columns) => [...columns.values()].map(({ field }) => field)))];

/** A moment that says since when something is so, where the API says whether. */
const isFlag = (field: string) => field === 'disabled';

/** What a row's change says to people of these roles. */
export function fieldsOf(table: string, change: Record<string, [unknown, unknown]> | null, roles: readonly RoleName[]): ToldField[] {
  const columns = parsed.get(table);
  if (!change || !columns) return [];
  const may = {
    staff: true,
    care: roles.includes('coordinator') || roles.includes('admin'),
    books: roles.includes('admin') || roles.includes('auditor'),
  };
  return [...columns].flatMap(([column, { field, to }]) => {
    const [before, after] = change[column] ?? [];
    if (!may[to] || change[column] === undefined) return [];
    return [{ field, before: valueOf(field, before), after: valueOf(field, after) }];
  });
}

const valueOf = (field: string, value: unknown) => (isFlag(field) ? (value ?? null) !== null : ((value ?? null) as ToldField['before']));
