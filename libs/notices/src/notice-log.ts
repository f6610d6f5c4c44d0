import type { NoticeKind } from '@timebank/contract';

export const NOTICE_LOG = 'notice log';

/** The driver beside the app itself: told of each new notice by ids and kind, so that no name and no phone number can get there. */
export type NoticeLog = (notice: { bankId: string; noticeId: string; personId: string; kind: NoticeKind }) => void;

/** One line of JSON on standard output, as the server's other lines. */
export const printNotice: NoticeLog = ({ bankId, noticeId, personId, kind }) => {
  process.stdout.write(`${JSON.stringify({ level: 'info', msg: 'notice', bankId, noticeId, personId, kind })}\n`);
};
