import { describe, expect, it } from '@jest/globals';
import { importFiles } from './import-files';

describe('a file of members, spoilt in ten ways and killed on its way in', () => {
  it('is in once, and whole when its failed rows are corrected', async () => {
    const report = await importFiles(1_500, Date.now() % 1_000_000, ['members']);
    expect(report).toMatchObject({ lost: 0, wronglyTaken: 0, doubled: 0, leftAfterCorrection: 0, newAgain: 0, faults: 0 });
    expect([report.kills > 0, report.faultyRows > 10]).toEqual([true, true]);
  });
});
