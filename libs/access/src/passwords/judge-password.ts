import { dictionary } from '@zxcvbn-ts/language-common';
import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { pinyin } from 'pinyin-pro';
import habits from './password-habits.json' with { type: 'json' };
import { faultOf, folded, type KnownPasswords, leastLength, type PasswordOwner } from './password.rules';

let known: KnownPasswords | null = null;

/** 49,000 passwords of public leaks, the commonest first, and habits of Chinese typists. Read once, when first asked. */
function knownPasswords(): KnownPasswords {
  known ??= { whole: new Set([...dictionary['passwords-common'], ...habits].map(folded)), pieces: habits };
  return known;
}

/** A name as it is written, in pinyin, and its longer syllables or words by themselves. */
function spelled(name: string): string[] {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true });
  const words = [...syllables, ...name.split(/\s+/)].filter((word) => word.length >= 3);
  return [name, syllables.join(''), [...syllables.slice(1), syllables[0] ?? ''].join(''), ...words];
}

/**
 * Judges a password before it is hashed, wherever one is set: registration, reset, own change, the first admin, the command line. Refuses
 * `access/password_too_short` (with the minimum), `access/password_common`, `access/password_own_data`.
 */
@Injectable()
export class JudgePassword {
  run(password: string, owner: PasswordOwner, isStaff: boolean, path = 'body.password'): void {
    const names = owner.names.flatMap(spelled);
    const fault = faultOf(password, { ...owner, names }, isStaff, knownPasswords());
    if (fault) throw refuse(fault, fault === 'access/password_too_short' ? { leastCharacters: leastLength(isStaff) } : {}, path);
  }
}
