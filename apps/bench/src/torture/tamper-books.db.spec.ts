import { beforeAll, describe, expect, it } from '@jest/globals';
import { type BooksReport, tamperBooks } from './tamper-books';

describe('a superuser who edits sealed books and what stands beside them', () => {
  let report: BooksReport;
  beforeAll(async () => {
    report = await tamperBooks(30, Date.now() % 1_000_000);
  });

  it('F9: is found each of 30 times, in whichever table', () => {
    expect(report).toMatchObject({ edits: 30, found: 30, missed: [] });
  });

  it('F9: has a row in every table that the audit answers for', () => {
    expect(report.empty).toEqual([]);
  });
});
