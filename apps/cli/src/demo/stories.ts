import type { ApprovalInput, ManualInput } from '@timebank/contract';

type ManualReason = ManualInput['reasonCode'];

/** How a visit goes. Times are minutes after the planned start (`in`) and after the planned end (`out`); null: no scan. */
export type Story = {
  in: number | null;
  out: number | null;
  /** Length of the plan where the story needs one. */
  minutes?: number;
  /** The card is held to the phone at a neighbour's first, the button pressed twice, the code typed. */
  slip?: 'wrong_card' | 'twice' | 'typed';
  /** Scans reach the server only so many minutes later. */
  offlineMinutes?: number;
  /** Another volunteer has taken it first, and cannot come. */
  replaced?: true;
  cancelledBy?: 'volunteer' | 'client';
  /** Never scanned: the second coordinator enters the planned times soon afterwards. */
  entered?: ManualReason;
  /** Scanned badly: the second coordinator enters the true times when visits are decided. */
  mended?: ManualReason;
  /** How it is decided, where approving what is proposed will not do. */
  decision?: Pick<ApprovalInput, 'decision' | 'reasonCode'> & { fewerMinutes?: number };
};

const stories = {
  plain: { in: 2, out: 1 },
  twice: { in: 0, out: 0, slip: 'twice' },
  typed: { in: 3, out: 2, slip: 'typed' },
  wrongCard: { in: 4, out: 3, slip: 'wrong_card' },
  earlyIn: { in: -20, out: -1 },
  lateIn: { in: 18, out: 6 },
  earlyOut: { in: 0, out: -22 },
  longer: { in: 1, out: 13 },
  tooShort: { in: 3, out: -36, minutes: 45 },
  offline: { in: 2, out: 1, offlineMinutes: 95 },
  lateSync: { in: 1, out: 0, offlineMinutes: 1_560 },
  replaced: { in: 2, out: 1, replaced: true },
  manual: { in: null, out: null, entered: 'no_phone' },
  missingIn: { in: null, out: 0, mended: 'forgot_scan_in' },
  missingOut: { in: 1, out: null, mended: 'forgot_scan_out' },
  unscheduled: { in: 70, out: 65, mended: 'forgot_scan_in' },
  overlapped: { in: 2, out: 1, minutes: 60, decision: { decision: 'approve', reasonCode: 'overlap_corrected', fewerMinutes: 6 } },
  overlapping: { in: -12, out: -2, minutes: 60, decision: { decision: 'approve', reasonCode: 'overlap_corrected', fewerMinutes: 7 } },
  overCap: { in: 0, out: 10, minutes: 235, decision: { decision: 'approve', reasonCode: 'cap_applied', fewerMinutes: 5 } },
  related: { in: 1, out: 0, decision: { decision: 'approve', reasonCode: 'related_but_genuine' } },
  refused: { in: 3, out: -36, minutes: 45, decision: { decision: 'reject', reasonCode: 'not_served' } },
  /** Called off while the volunteer had no signal, who came all the same: letters for the desk. */
  unheard: { in: 2, out: 1, cancelledBy: 'client', offlineMinutes: 95 },
  cancelledByClient: { in: null, out: null, cancelledBy: 'client' },
  cancelledByVolunteer: { in: null, out: null, cancelledBy: 'volunteer' },
} satisfies Record<string, Story>;

export type StoryName = keyof typeof stories;

export function storyOf(name: StoryName): Story {
  return stories[name];
}
