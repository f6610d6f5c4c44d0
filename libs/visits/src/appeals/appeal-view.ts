import type { Appeal, VisitAppeal } from '@timebank/contract';
import { remedyOf } from './appeals.rules';
import { nameOf } from '../name-of.sql';

export type AppealColumns = {
  appealId: string | null;
  appealNote: string;
  appealedAt: Date;
  appealerName: string | null;
  answerId: string | null;
  outcome: 'upheld' | 'granted' | null;
  answerNote: string | null;
  answeredAt: Date | null;
  answererName: string | null;
};

/** The appeal against visit `v`, joined as `a` with its answer `n`. */
export const appealColumns = `a.appeal_id, a.note as appeal_note, a.appealed_at, ${nameOf('a.appealed_by')} as appealer_name,
  n.answer_id, n.outcome, n.note as answer_note, n.answered_at, ${nameOf('n.answered_by')} as answerer_name`;
export const answerJoin = 'left join appeal_answer n on n.bank_id = a.bank_id and n.appeal_id = a.appeal_id';

/** An appeal as its visit shows it; null where there is none. */
export function visitAppealOf(row: AppealColumns & { transferId: string | null }): VisitAppeal | null {
  if (row.appealId === null) return null;
  const { outcome, answerNote, answeredAt } = row;
  return {
    appealId: row.appealId,
    note: row.appealNote,
    at: row.appealedAt.toISOString(),
    state: outcome ?? 'open',
    answer:
      outcome && answeredAt
        ? {
            note: answerNote ?? '',
            at: answeredAt.toISOString(),
            byName: row.answererName,
            remedy: remedyOf(outcome, row.transferId !== null),
          }
        : null,
  };
}

export type AppealRowRead = AppealColumns &
  Omit<Appeal, keyof VisitAppeal | 'plannedStart' | 'decidedAt' | 'decision'> & {
    state: string;
    plannedStart: Date;
    decidedAt: Date;
    transferId: string | null;
  };

export const appealSelect = `select ${appealColumns}, v.visit_id, v.state, v.volunteer_id, w.name as volunteer_name, c.name as client_name,
  v.service_kind, v.planned_start, v.decided_at, ${nameOf('v.decided_by')} as decided_by_name, v.decision_reason_code as reason_code,
  v.credited_minutes, v.proposed_minutes, v.transfer_id
  from appeal a ${answerJoin}
  join visit v on v.bank_id = a.bank_id and v.visit_id = a.visit_id
  join member c on c.bank_id = v.bank_id and c.member_id = v.client_id
  join helper w on w.bank_id = v.bank_id and w.member_id = v.volunteer_id
  where a.bank_id = $1`;

export function appealOf(row: AppealRowRead): Appeal {
  const { visitId, volunteerId, volunteerName, clientName, serviceKind, decidedByName, reasonCode, creditedMinutes, proposedMinutes } = row;
  return {
    ...(visitAppealOf(row) as VisitAppeal),
    visitId,
    volunteerId,
    volunteerName,
    clientName,
    serviceKind,
    plannedStart: row.plannedStart.toISOString(),
    decision: row.state === 'rejected' ? 'reject' : 'approve',
    decidedAt: row.decidedAt.toISOString(),
    decidedByName,
    reasonCode,
    creditedMinutes,
    proposedMinutes,
  };
}
