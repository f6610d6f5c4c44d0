/**
 * Whether a stream that the browser calls live still shows anything. After a phone call, another app or a locked screen some phones return a camera
 * that is frozen, black or "muted" for ever. Only a new stream helps, and a few of them must suffice.
 */
export type StreamLook = {
  at: number;
  /** The video's own clock: it stands still when no frame comes. */
  currentTime: number;
  /** The brightest of some points of the picture, 0 to 255. A real sensor in the dark still has noise. */
  brightest: number;
  muted: boolean;
};
export type StreamHealth = { fineAt: number; currentTime: number; restarts: number };

const patience = 3_000;
const mostRestarts = 2;

export const freshStream = (at: number, restarts = 0): StreamHealth => ({ fineAt: at, currentTime: -1, restarts });

/** What to do about the stream, and what to remember of it. A black picture alone never ends in giving up: a pocket is black too. */
export function judgeStream(health: StreamHealth, look: StreamLook): { health: StreamHealth; verdict: 'fine' | 'restart' | 'give up' } {
  const moves = look.currentTime !== health.currentTime;
  const isFine = moves && !look.muted && look.brightest > 0;
  const now = { ...health, currentTime: look.currentTime, fineAt: isFine ? look.at : health.fineAt };
  if (isFine || look.at - now.fineAt < patience) return { health: now, verdict: 'fine' };
  if (health.restarts < mostRestarts) return { health: freshStream(look.at, health.restarts + 1), verdict: 'restart' };
  return { health: now, verdict: moves && !look.muted ? 'fine' : 'give up' };
}
