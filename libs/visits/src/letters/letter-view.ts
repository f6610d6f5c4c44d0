import type { Letter } from '@timebank/contract';

type LetterAnswerColumns = {
  [Key in keyof NonNullable<Letter['answer']> as `answer${Capitalize<Key>}`]: NonNullable<Letter['answer']>[Key] | null;
};
type Moment = 'clientTime' | 'earliest' | 'latest' | 'receivedAt';
type LetterVisit = NonNullable<Letter['visit']>;

export type LetterRowRead = Omit<Letter, Moment | 'state' | 'visit' | 'cardClient' | 'answer'> & {
  clientTime: Date;
  earliest: Date | null;
  latest: Date;
  receivedAt: Date;
  visitId: string;
  own: boolean | null;
  visitState: LetterVisit['state'] | null;
  class: LetterVisit['class'];
  serviceKind: string;
  plannedStart: Date;
  plannedEnd: Date;
  clientId: string;
  clientName: string;
  cardClientId: string | null;
  cardClientName: string | null;
  outcome: Exclude<Letter['state'], 'open'> | null;
} & Omit<LetterAnswerColumns, 'answerAt'> & { answerAt: Date | null };

export const letterSelect = `select l.event_id, l.kind, l.code, l.volunteer_id, h.name as volunteer_name, w.phone as volunteer_phone, l.client_time,
    l.earliest, l.latest, l.received_at, l.via, l.proof, l.deadline, l.visit_id, v.volunteer_id = l.volunteer_id as own, v.state as visit_state,
    v.class, v.service_kind, v.planned_start, v.planned_end, v.client_id, c.name as client_name, k.client_id as card_client_id,
    kc.name as card_client_name, n.outcome, n.reason_code as answer_reason_code, n.note as answer_note, n.answered_at as answer_at,
    n.visit_id as answer_visit_id,
    (select p.name from helper p where p.bank_id = l.bank_id and p.person_id = n.answered_by limit 1) as answer_by_name
  from letter l
  left join letter_answer n on n.bank_id = l.bank_id and n.event_id = l.event_id
  left join helper h on h.bank_id = l.bank_id and h.member_id = l.volunteer_id
  left join member w on w.bank_id = l.bank_id and w.member_id = l.volunteer_id
  left join visit v on v.bank_id = l.bank_id and v.visit_id = l.visit_id
  left join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
  left join service_card k on k.bank_id = l.bank_id and k.card_id = l.card_id
  left join member kc on kc.bank_id = k.bank_id and kc.member_id = k.client_id
  where l.bank_id = $1`;

function visitSeen(row: LetterRowRead): LetterVisit | null {
  if (row.visitState === null) return null;
  return {
    visitId: row.visitId,
    own: row.own === true,
    state: row.visitState,
    class: row.class,
    serviceKind: row.serviceKind,
    plannedStart: row.plannedStart.toISOString(),
    plannedEnd: row.plannedEnd.toISOString(),
    clientId: row.clientId,
    clientName: row.clientName,
  };
}

/** A letter as coordinators and auditors read it. */
export function letterOf(row: LetterRowRead): Letter {
  const { answerReasonCode: reasonCode, answerAt: at } = row;
  return {
    eventId: row.eventId,
    state: row.outcome ?? 'open',
    kind: row.kind,
    code: row.code,
    volunteerId: row.volunteerId,
    volunteerName: row.volunteerName,
    volunteerPhone: row.volunteerPhone,
    clientTime: row.clientTime.toISOString(),
    earliest: row.earliest?.toISOString() ?? null,
    latest: row.latest.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    via: row.via,
    proof: row.proof,
    deadline: row.deadline,
    visit: visitSeen(row),
    cardClient: row.cardClientId ? { memberId: row.cardClientId, name: row.cardClientName ?? '' } : null,
    answer:
      reasonCode && at
        ? { reasonCode, note: row.answerNote, at: at.toISOString(), byName: row.answerByName, visitId: row.answerVisitId }
        : null,
  };
}
