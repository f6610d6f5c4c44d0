import type { Statement } from '@timebank/hours';
import { unprintable } from '@timebank/paper';

/** Letters as a header can say them. */
const numbersOf = (letters: readonly string[]) =>
  letters
    .map((letter) => Array.from(letter, (sign) => `U+${(sign.codePointAt(0) as number).toString(16).toUpperCase()}`).join('+'))
    .join(' ');

/** A statement that goes on as it came, and what of the names in it no font has, once it has gone by: a header, or none. */
export function heard(statement: Statement): { statement: Statement; headers(): Record<string, string> } {
  const names = new Set([statement.bank.name, statement.account.ownerName ?? '']);
  async function* stretches() {
    for await (const entries of statement.stretches()) {
      for (const { otherName } of entries) names.add(otherName ?? '');
      yield entries;
    }
  }
  return {
    statement: { ...statement, stretches },
    headers: (): Record<string, string> => {
      const letters = unprintable([...names].join(' '));
      return letters.length === 0 ? {} : { unprintable: numbersOf(letters) };
    },
  };
}
