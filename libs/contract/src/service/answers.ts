/**
 * What an answer's status says about the call. `refused`: the server's own refusal, which is final. For all others nobody knows whether it was done,
 * so a write is sent again under the same id. `away`: something on the way could not reach the server, or it has no time. `later`: too many calls.
 * `signed out`: again once the same person has signed in. `unknown`: a fault, or an answer that is not the server's own, such as a hotel's sign-in
 * page.
 */
export type Meaning = 'refused' | 'signed out' | 'later' | 'away' | 'unknown';

/** 0: no answer at all. */
const meanings: Readonly<Record<number, Meaning>> = {
  0: 'away',
  401: 'signed out',
  408: 'away',
  425: 'away',
  429: 'later',
  502: 'away',
  503: 'away',
  504: 'away',
};

type AnswerStatus = { status: number; code: string };

export function meaningOf({ status, code }: AnswerStatus): Meaning {
  const isOwn = status >= 400 && status < 500 && code !== 'service/fault';
  return meanings[status] ?? (isOwn ? 'refused' : 'unknown');
}

/** Whether a refusal is the server's own answer to the call, that of having no sign-in included. */
export function isAnswer(answered: AnswerStatus): boolean {
  const meaning = meaningOf(answered);
  return meaning === 'refused' || (meaning === 'signed out' && answered.code !== 'service/fault');
}
