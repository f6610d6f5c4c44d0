import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

describe('the names of messages', () => {
  it('come from every file of messages: of one left out, each message would be described wherever it is used', () => {
    const text = readFileSync('libs/contract/src/named-messages.ts', 'utf8');
    const taken = [...text.matchAll(/^import \* as \w+ from '\.\/(.+\.messages)';$/gm)].map(([, file]) => `${file}.ts`);
    const there = globSync('**/*.messages.ts', { cwd: 'libs/contract/src' });
    expect(there.length).toBeGreaterThan(20);
    expect(taken.sort()).toEqual(there.sort());
  });
});
