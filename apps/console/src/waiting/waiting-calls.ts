import { type BodyOf, call, type WaitingAct, type WaitingActKind } from '@timebank/contract/client';

type Send = (bankId: string, act: WaitingAct) => Promise<unknown>;

/** The call that asked for each kind of act: the same call by a second person, with the same content, does it. */
const calls: Partial<Record<WaitingActKind, Send>> = {
  grant: sendTransfer,
  reversal: sendTransfer,
  grant_run: (bankId, { subjectId, content }) =>
    call('putGrantRun', { params: { bankId, runId: subjectId }, body: content as BodyOf<'putGrantRun'> }),
  policy: (bankId, { subjectId, content }) =>
    call('putPolicy', { params: { bankId, policyId: subjectId }, body: content as BodyOf<'putPolicy'> }),
  policy_withdrawal: (bankId, { subjectId }) => call('withdrawPolicy', { params: { bankId, policyId: subjectId } }),
  role: (bankId, { subjectId, content: { role, ...reason } }) =>
    call('putRole', { params: { bankId, memberId: subjectId, role: String(role) }, body: reason as BodyOf<'putRole'> }),
  merging: (bankId, { subjectId, content }) => call('merge', { params: { bankId, memberId: subjectId }, body: content as BodyOf<'merge'> }),
  leaving: (bankId, { subjectId, content }) => call('leave', { params: { bankId, memberId: subjectId }, body: content as BodyOf<'leave'> }),
  closing: (bankId, { content }) => call('closeBank', { params: { bankId }, body: content as BodyOf<'closeBank'> }),
  reopening: (bankId, { content }) => call('reopenBank', { params: { bankId }, body: content as BodyOf<'reopenBank'> }),
  sign_in_phone: (bankId, { subjectId, content }) =>
    call('patchMember', { params: { bankId, memberId: subjectId }, body: content as BodyOf<'patchMember'> }),
};

function sendTransfer(bankId: string, { subjectId, content }: WaitingAct): Promise<unknown> {
  return call('putTransfer', { params: { bankId, transferId: subjectId }, body: content as BodyOf<'putTransfer'> });
}

export const confirmCallOf = (kind: WaitingActKind): Send | null => calls[kind] ?? null;
