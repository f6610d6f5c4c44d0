/**
 * The scanning screen as one table of steps. It knows no camera and no network: the page does what a step asks for (`starting` opens the camera,
 * `sending` sends) and reports the result.
 */
export type CameraTrouble = 'insecure' | 'unsupported' | 'unreadable' | 'denied' | 'none' | 'busy' | 'interrupted' | 'untouched';
export type Via = 'camera' | 'typed' | 'photo';

export type ScanState = {
  /** `starting`, `looking`: the camera is wanted. `blocked`: only the other ways. `unsent`: neither stored on the phone nor answered. */
  step: 'starting' | 'looking' | 'paused' | 'blocked' | 'sending' | 'unsent' | 'done';
  trouble: CameraTrouble | null;
  /** What is being sent, or was sent last. */
  card: string | null;
  via: Via | null;
  /** Why the last card was not taken: a refusal's code, or `foreign` for a code that is no card. */
  refusedCode: string | null;
  /** A code that the camera must not send again while it stays in view: it was just refused. */
  ignoredUntil: number;
};

export type ScanEvent =
  | { type: 'camera opened' }
  | { type: 'camera failed'; trouble: CameraTrouble }
  | { type: 'camera wanted' }
  | { type: 'hidden' }
  | { type: 'shown' }
  | { type: 'card seen'; card: string; via: Via; at: number }
  | { type: 'foreign code seen'; at: number }
  | { type: 'taken' }
  | { type: 'refused'; code: string; at: number }
  | { type: 'no answer' }
  | { type: 'sent again' };

/** How long a refused card in front of the camera is not sent again, in milliseconds. */
const ignoreFor = 4_000;

export const firstScanState: ScanState = { step: 'starting', trouble: null, card: null, via: null, refusedCode: null, ignoredUntil: 0 };

/** Trouble that may have passed while the person was elsewhere: the camera is tried again when they come back. */
const passing: readonly (CameraTrouble | null)[] = ['busy', 'interrupted'];

/** Where scanning goes on after an attempt: with the camera, or without it where it is blocked. */
function waiting(state: ScanState): ScanState['step'] {
  return state.trouble === null ? 'starting' : 'blocked';
}

function cardSeen(state: ScanState, event: Extract<ScanEvent, { type: 'card seen' }>): ScanState {
  const ready = event.via === 'camera' ? state.step === 'looking' : ['starting', 'looking', 'blocked'].includes(state.step);
  const justRefused = event.via === 'camera' && event.card === state.card && event.at < state.ignoredUntil;
  if (!ready || justRefused) return state;
  return { ...state, step: 'sending', card: event.card, via: event.via, refusedCode: null };
}

/** The next state. An event that means nothing in a step leaves it as it is. */
export function nextScanState(state: ScanState, event: ScanEvent): ScanState {
  switch (event.type) {
    case 'camera opened':
      return state.step === 'starting' ? { ...state, step: 'looking', trouble: null } : state;
    case 'camera failed':
      return state.step === 'starting' || state.step === 'looking' ? { ...state, step: 'blocked', trouble: event.trouble } : state;
    case 'camera wanted':
      return state.step === 'blocked' ? { ...state, step: 'starting', trouble: null } : state;
    case 'hidden':
      return state.step === 'starting' || state.step === 'looking' ? { ...state, step: 'paused' } : state;
    case 'shown':
      if (state.step === 'blocked' && passing.includes(state.trouble)) return { ...state, step: 'starting', trouble: null };
      return state.step === 'paused' ? { ...state, step: 'starting' } : state;
    case 'card seen':
      return cardSeen(state, event);
    case 'foreign code seen':
      return ['starting', 'looking', 'blocked'].includes(state.step) ? { ...state, refusedCode: 'foreign' } : state;
    case 'taken':
      return state.step === 'sending' ? { ...state, step: 'done' } : state;
    case 'refused':
      return state.step === 'sending'
        ? { ...state, step: waiting(state), refusedCode: event.code, ignoredUntil: event.at + ignoreFor }
        : state;
    case 'no answer':
      return state.step === 'sending' ? { ...state, step: 'unsent' } : state;
    case 'sent again':
      return state.step === 'unsent' ? { ...state, step: 'sending' } : state;
  }
}
