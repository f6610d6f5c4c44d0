import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { handOver, printNotice, type NoticeDriver } from './notice-driver';

const notice = { bankId: 'bank', noticeId: 'notice', personId: 'person', kind: 'visit_begun' } as const;

describe('a driver of notices', () => {
  let lines: string[];
  beforeEach(() => {
    lines = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each<[string, NoticeDriver]>([
    [
      'that throws',
      () => {
        throw new RangeError('13900000000');
      },
    ],
    ['that rejects', () => Promise.reject(new RangeError('13900000000'))],
  ])('%s holds nothing up, and what it says is not written down', async (_, driver) => {
    await expect(handOver(driver, notice)).resolves.toBeUndefined();
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      { level: 'error', msg: 'notice driver failed', bankId: 'bank', noticeId: 'notice', kind: 'visit_begun', fault: 'RangeError' },
    ]);
  });

  it('is told at once, and may take its time', async () => {
    const seen: string[] = [];
    const answers: (() => void)[] = [];
    const slow: NoticeDriver = ({ noticeId }) => new Promise<void>((resolve) => (seen.push(noticeId), answers.push(resolve)));
    const both = [handOver(slow, notice), handOver(slow, { ...notice, noticeId: 'second' })];
    expect(seen).toEqual(['notice', 'second']);
    answers.forEach((answer) => answer());
    await Promise.all(both);
    expect(lines).toEqual([]);
  });

  it('prints by default one line of ids and kind', () => {
    void printNotice(notice);
    expect(lines).toEqual([`${JSON.stringify({ level: 'info', msg: 'notice', ...notice })}\n`]);
  });
});
