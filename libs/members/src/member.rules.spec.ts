import { describe, expect, it } from '@jest/globals';
import { relationKinds } from '@timebank/contract';
import { cleanName, inverseOf, likeText } from './member.rules';

describe("a member's name", () => {
  it('is the same however its characters were composed', () => {
    expect(cleanName(' Zoe\u0308 ')).toBe('Zo\u00eb');
  });

  it('keeps writing directions and emoji', () => {
    const name = '\u202bשרה\u202c 👵🏽';
    expect(cleanName(name)).toBe(name);
  });
});

describe('a relation', () => {
  it('seen twice from the other side is itself', () => {
    for (const kind of relationKinds) expect(inverseOf(inverseOf(kind))).toBe(kind);
    expect([inverseOf('parent'), inverseOf('grandchild'), inverseOf('spouse')]).toEqual(['child', 'grandparent', 'spouse']);
  });
});

describe('a search', () => {
  it('takes signs of patterns as text', () => {
    expect(likeText('50%_\\')).toBe('50\\%\\_\\\\');
  });
});
