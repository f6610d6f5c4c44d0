import type { NoticeKind, RoleName } from '@timebank/contract';

type Payload = Record<string, unknown>;
/**
 * `guest`: the volunteer of another bank. `member`: whom it is about. `coordinators`: everybody who has that role in the bank. `entitled`: everybody in the bank who
 * may confirm an act. `asker`: who asked for it.
 */
type Side = 'volunteer' | 'client' | 'guest' | 'member' | 'coordinators' | 'entitled' | 'asker';
type Telling = { to: Side; kind: NoticeKind };

/** What is to be said, to a member, a person or whoever has a role in the bank; never to the person whose own action it was. */
export type Draft = {
  to: { memberId: string } | { personId: string } | { roles: readonly RoleName[] };
  exceptPersonId: string | null;
  subjectId: string;
  kind: NoticeKind;
  parameters: Payload;
};

const volunteer = (kind: NoticeKind): Telling => ({ to: 'volunteer', kind });
const client = (kind: NoticeKind): Telling => ({ to: 'client', kind });

/** The one table of what tells whom: the event, where it matters with how it turned out. What is not here tells nobody. */
const tellings: Record<string, readonly Telling[]> = {
  'visits/planned': [volunteer('visit_assigned'), client('visit_planned')],
  'visits/cancelled': [volunteer('visit_cancelled'), client('helper_cancelled')],
  // The client is told of the request itself.
  'visits/cancelled with_request': [volunteer('visit_cancelled')],
  'visits/scanned in': [client('visit_begun')],
  'visits/scanned out': [client('visit_ended')],
  'visits/decided approved': [volunteer('visit_approved'), client('help_approved')],
  'visits/decided paid': [volunteer('visit_approved'), client('help_paid')],
  'visits/decided rejected': [volunteer('visit_rejected'), client('help_rejected')],
  'visits/recorded': [volunteer('visit_recorded'), client('help_recorded')],
  'visits/scan_out_due 1': [volunteer('scan_out_due')],
  'visits/scan_out_due 2': [volunteer('scan_out_overdue')],
  'visits/closed': [volunteer('scan_out_missing')],
  'visits/no_show': [volunteer('visit_missed'), client('help_missed')],
  'visits/client_answered not_confirmed': [{ to: 'coordinators', kind: 'visit_denied' }],
  'visits/appealed': [{ to: 'coordinators', kind: 'appeal_made' }],
  'visits/appeal_answered upheld': [volunteer('appeal_upheld')],
  'visits/appeal_answered granted': [volunteer('appeal_granted')],
  'letters/closed entered': [volunteer('letter_entered')],
  'letters/closed explained': [volunteer('letter_explained')],
  'letters/closed rejected': [volunteer('letter_rejected')],
  'requests/cancelled': [client('request_cancelled')],
  'acts/waits': [{ to: 'entitled', kind: 'act_waits' }],
  'acts/done': [{ to: 'asker', kind: 'act_done' }],
  'relations/recorded': [
    { to: 'guest', kind: 'relation_recorded' },
    { to: 'coordinators', kind: 'relation_recorded' },
  ],
  'relations/recorded_here': [{ to: 'member', kind: 'relation_here' }],
  'hours/member_left': [{ to: 'coordinators', kind: 'member_left' }],
  'members/reset_started': [{ to: 'member', kind: 'sign_in_reset' }],
  'members/phone_moved': [{ to: 'member', kind: 'sign_in_phone_moved' }],
  'members/password_changed': [{ to: 'member', kind: 'password_changed' }],
  'guests/asked': [{ to: 'coordinators', kind: 'guest_asked' }],
  'guests/confirmed': [{ to: 'guest', kind: 'guest_confirmed' }],
};

/** How the event turned out, where the table tells that apart. */
const turns: Record<string, (payload: Payload) => unknown> = {
  'visits/cancelled': ({ withRequest }) => (withRequest === true ? 'with_request' : undefined),
  'visits/scanned': ({ kind }) => kind,
  // Another than the client pays: nothing of theirs was used.
  'visits/decided': ({ outcome, payer }) => (outcome === 'approved' && (payer ?? 'client') !== 'client' ? 'paid' : outcome),
  'visits/client_answered': ({ result }) => result,
  'visits/scan_out_due': ({ reminder }) => reminder,
  'visits/appeal_answered': ({ outcome }) => outcome,
  'letters/closed': ({ outcome }) => outcome,
};

const memberOf: Record<'volunteer' | 'client' | 'guest' | 'member', string> = {
  volunteer: 'volunteerId',
  client: 'clientId',
  guest: 'memberId',
  member: 'memberId',
};
/** All that a notice keeps of an event. */
const kept = ['visitId', 'requestId', 'memberId', 'serviceKind', 'actKind', 'startsAt', 'at', 'minutes', 'reasonCode'] as const;

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

/** Whom a telling reaches; null where the event lacks what that needs. */
function readersOf(side: Side, payload: Payload): Draft['to'] | null {
  if (side === 'coordinators') return { roles: ['coordinator'] };
  if (side === 'entitled') return { roles: payload['roles'] as RoleName[] };
  const reader = textOf(payload[side === 'asker' ? 'askedBy' : memberOf[side]]);
  if (reader === null) return null;
  return side === 'asker' ? { personId: reader } : { memberId: reader };
}

function draftsOf(kind: string, payload: Payload, actorId: string | null): Draft[] {
  const turn = turns[kind]?.(payload);
  const told = tellings[turn === undefined ? kind : `${kind} ${String(turn)}`] ?? [];
  const subjectId = textOf(payload['visitId'] ?? payload['requestId'] ?? payload['memberId'] ?? payload['letterId'] ?? payload['actId']);
  if (subjectId === null) return [];
  const parameters = Object.fromEntries(kept.flatMap((name) => (payload[name] === undefined ? [] : [[name, payload[name]]])));
  return told.flatMap((telling): Draft[] => {
    const to = readersOf(telling.to, payload);
    return to === null ? [] : [{ to, exceptPersonId: actorId, subjectId, kind: telling.kind, parameters }];
  });
}

/** What an event of the outbox says to whom. One decision tells about each of its visits. One that lacks what the table needs tells nobody. */
export function noticesOf({ kind, payload }: { kind: string; payload: Payload }): Draft[] {
  const actorId = textOf(payload['actorId']);
  if (!Array.isArray(payload['visits'])) return draftsOf(kind, payload, actorId);
  return (payload['visits'] as Payload[]).flatMap((visit) => draftsOf(kind, visit, actorId));
}
