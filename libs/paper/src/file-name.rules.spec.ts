import { describe, expect, it } from '@jest/globals';
import { forFolders } from './file-name.rules';

describe('the name of a file', () => {
  it('holds no mark of a folder or a shell, and nothing that nobody sees', () => {
    expect(forFolders('  ..\\CON/"a"\u202E: b*?  2026-03-31 ')).toBe('.. CON a b 2026-03-31');
  });

  it('E8: stays short enough for every file system, with the days at its end, and cuts no letter in two', () => {
    const name = forFolders(`${'\u{20BB7}'.repeat(100)} 2026-03-01 2026-03-31`);
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(230);
    expect(name).toMatch(/^\u{20BB7}{20,} 2026-03-01 2026-03-31$/u);
    expect(forFolders('x'.repeat(230))).toHaveLength(230);
  });
});
