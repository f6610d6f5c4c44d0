import type { NoticeKind } from '@timebank/contract';

export const NOTICE_DRIVER = 'notice driver';

/**
 * A way for a notice to get somewhere besides the app. It is called once for each new notice, after the commit, with ids and kind, so no name and no
 * phone number can leak; it looks up what it needs by the person's id. It need not be quick, and may throw or reject: that is logged, the next notice
 * follows, and the app has it anyway. It is not called again for the same one.
 */
export type NoticeDriver = (notice: { bankId: string; noticeId: string; personId: string; kind: NoticeKind }) => void | Promise<void>;

const print = (line: Record<string, unknown>) => void process.stdout.write(`${JSON.stringify(line)}\n`);

/** The default: one line of JSON on standard output, as the server's other lines. */
export const printNotice: NoticeDriver = ({ bankId, noticeId, personId, kind }) =>
  print({ level: 'info', msg: 'notice', bankId, noticeId, personId, kind });

/** Hands a notice to a driver; never throws or rejects. A driver's error message may contain a phone number, so it is left out. */
export async function handOver(driver: NoticeDriver, notice: Parameters<NoticeDriver>[0]): Promise<void> {
  try {
    await driver(notice);
  } catch (fault) {
    const { bankId, noticeId, kind } = notice;
    print({
      level: 'error',
      msg: 'notice driver failed',
      bankId,
      noticeId,
      kind,
      fault: fault instanceof Error ? fault.name : typeof fault,
    });
  }
}
