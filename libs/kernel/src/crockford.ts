const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Crockford base32 text of five bits of each byte. */
export const codeOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => alphabet[byte & 31]).join('');

/** Random Crockford base32 text of `length` characters, five random bits each. */
export const randomCode = (length: number): string => codeOf(crypto.getRandomValues(new Uint8Array(length)));

/**
 * What a person typed, in the alphabet's letters: case, spaces and hyphens do not count, O reads as 0, I and L as 1. Full-width characters, as
 * Chinese keyboards produce them, read as their plain forms. Null when a character is left that the alphabet does not have.
 */
export function normalizeCode(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return plain !== '' && [...plain].every((character) => alphabet.includes(character)) ? plain : null;
}
