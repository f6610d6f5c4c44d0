import { type ChangeKind, changeKinds } from '@timebank/contract';

const tablesOf: Record<Exclude<ChangeKind, 'other'>, string> = {
  people:
    'person member merge application identity_check identity_mark guardian consent member_correction guest relation pair_block qualification qualification_exemption qualification_extension qualification_extended mentor trained client_needs course course_service_kind course_teacher course_session course_place course_attendance course_attendance_change availability location_consent',
  roles: 'role role_change waiting_act sign_in_act',
  rules:
    'bank bank_closing bank_zone credit_line policy policy_withdrawal service_kind service_kind_name service_kind_qualification bank_service_kind qualification_kind qualification_kind_name qualification_kind_include',
  requests: 'request offer offer_round activity activity_place activity_attendance series series_terms series_pause series_regular',
  visits:
    'visit visit_exception scan_event visit_escalation letter letter_answer call_back call_back_draw client_answer gate_overrule device',
  decisions: 'approval late_decision appeal appeal_answer',
  cards: 'service_card card_sheet display client_place',
  time: 'grant_run grant_row hand_transfer settlement settlement_share',
};

const kinds = new Map(
  changeKinds.flatMap((kind) => (kind === 'other' ? [] : tablesOf[kind].split(' ').map((table): [string, ChangeKind] => [table, kind]))),
);

/** The tables of a kind; null for `other`, which are all the rest. */
export const tablesOfKind = (kind: ChangeKind): string[] | null => (kind === 'other' ? null : tablesOf[kind].split(' '));
/** Every table that has a kind of its own. */
export const tablesWithKind = [...kinds.keys()];

/** What people call a change of a table of the trail. */
export const changeKindOf = (table: string): ChangeKind => kinds.get(table) ?? 'other';
