import { AsyncLocalStorage } from 'node:async_hooks';

/** Who works, as the audit trail keeps it. Without a person it is a round or a command. */
export type Who = {
  /** The route, round or command. */
  work: string;
  actorId?: string | undefined;
  /** As what: the role that opened the door. */
  role?: string | undefined;
  /** For whom, where somebody acts in another's place. */
  forId?: string | undefined;
  sessionId?: string | undefined;
  /** A code, never a text. */
  reasonCode?: string | undefined;
};

const storage = new AsyncLocalStorage<Who>();

/** Everything that `work` writes, in whichever units of work, is said to be done by `who`. */
export const workAs = <Result>(who: Who, work: () => Result): Result => storage.run(who, work);

/** Who works around the caller; the product itself where nobody has said so. */
export const whoWorks = (): Who => storage.getStore() ?? { work: 'timebank' };

/** As the database reads it (`lay_trail`), at a moment of the product's clock. */
export const saidOf = ({ work, actorId, role, forId, sessionId, reasonCode }: Who, at: Date): string =>
  JSON.stringify({ work, actor: actorId, role, for: forId, session: sessionId, reason: reasonCode, at });
