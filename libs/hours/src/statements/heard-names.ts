import { unprintable } from '@timebank/paper';
import type { Statement } from './open-statement';

/** A statement that goes on as it came, and, once it has gone by, the letters of the names in it that no font has. */
export function heardNames(statement: Statement): { statement: Statement; unprintable(): string[] } {
  const names = new Set([statement.bank.name, statement.account.ownerName ?? '']);
  async function* stretches() {
    for await (const entries of statement.stretches()) {
      for (const { otherName } of entries) names.add(otherName ?? '');
      yield entries;
    }
  }
  return { statement: { ...statement, stretches }, unprintable: () => unprintable([...names].join(' ')) };
}
