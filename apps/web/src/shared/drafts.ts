import { createDrafts } from '@timebank/web-kit';
import { useSession } from './session';

const drafts = createDrafts('timebank.web', () => useSession().me?.personId);

/** Keeps what people type into a form of this app; see `createDrafts`. */
export const { useDraft, has: hasDrafts } = drafts;
