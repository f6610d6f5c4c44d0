// Blanks, brackets, dots, strokes of every form, and marks that copying brings along: Windows puts U+202D around a number.
const between =
  /[\p{White_Space}\p{Cf}\p{M}\p{Pd}()[\]{}\u3010\u3014\u3011\u3015.\u00B7\u2022\u2027\u2219\u22C5\u30FB\u3002\uA78F\u2043\u207B\u2212\u30FC\uFFE3_]/gu;
const otherDigits: [RegExp, number][] = [
  [/[\u0660-\u0669]/g, 0x0660],
  [/[\u06F0-\u06F9]/g, 0x06f0],
];
// An extension: `025-83330000-12`, with a third hyphen, or named by a word, `ext`, `x`, `#`, or the character that Chinese cards use.
const extension = /(?:\u8f6c|\u8f49|ext\.?|x|#)(\d{1,6})$/i;

const oneWidth = (typed: string) =>
  otherDigits.reduce(
    (text, [digits, zero]) => text.replace(digits, (digit) => String(digit.charCodeAt(0) - zero)),
    typed.normalize('NFKC').replace(/^\s*tel:/i, ''),
  );

/** Area code and number, from the digits alone, so that it does not matter where a hyphen stood. Beijing and 02x have short codes. */
function landline(digits: string): string | null {
  if (!/^0[1-9]\d{8,10}$/.test(digits)) return null;
  const short = digits.length === 10 || (digits.length === 11 && /^0(10|2)/.test(digits));
  return `${digits.slice(0, short ? 3 : 4)}-${digits.slice(short ? 3 : 4)}`;
}

/** A number within the country, with the 0 of its area code or without. */
function afterCountryCode(digits: string): string | null {
  if (/^1\d{10}$/.test(digits)) return digits;
  if (/^[48]00\d{7}$/.test(digits)) return null;
  return landline(digits.startsWith('0') ? digits : `0${digits}`);
}

function readWhole(digits: string): string | null {
  const abroad = digits.replace(/^00/, '+');
  if (abroad.startsWith('+86')) return afterCountryCode(abroad.slice(3)) ?? (/^\+86[1-9]\d{4,12}$/.test(abroad) ? abroad : null);
  if (abroad.startsWith('+')) return /^\+[1-9]\d{6,14}$/.test(abroad) ? abroad : null;
  if (/^1\d{10}$/.test(digits)) return digits;
  return digits.startsWith('86') ? afterCountryCode(digits.slice(2)) : landline(digits);
}

/**
 * The one stored form of a phone number, however it was typed: a mainland mobile as 11 digits, a landline as area code, hyphen,
 * number (and hyphen, extension), any other as +E.164; null when it is none of these.
 */
export function readPhone(typed: string): string | null {
  if (typed.length > 60) return null;
  const plain = oneWidth(typed);
  // Many write the 0 that only callers within a country dial: +44 (0)20 7946 0000.
  const bare = (plain.trim().startsWith('+') || plain.trim().startsWith('00') ? plain.replace(/\(0\)/, '') : plain).replace(between, '');
  const named = extension.exec(bare);
  if (named) {
    const main = readWhole(bare.slice(0, named.index));
    return main?.includes('-') ? `${main}-${named[1]}` : null;
  }
  const parts = plain.split(/\s*\p{Pd}\s*/u).map((part) => part.replace(between, ''));
  const main = parts.length > 2 ? readWhole(parts.slice(0, -1).join('')) : null;
  if (main?.includes('-') && /^\d{1,6}$/.test(parts.at(-1) ?? '')) return `${main}-${parts.at(-1)}`;
  return /^\+?\d+$/.test(bare) ? readWhole(bare) : null;
}

/** The same, and hotlines of 5 to 10 digits as well: `12349`, `400-828-1234`. */
export function readHotline(typed: string): string | null {
  const known = readPhone(typed);
  if (known !== null && !known.startsWith('+86')) return known;
  const digits = oneWidth(typed)
    .slice(0, 60)
    .replace(between, '')
    .replace(/^(\+|00)86/, '');
  if (/^[48]00\d{7}$/.test(digits)) return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
  return /^[1-9]\d{4,9}$/.test(digits) ? digits : known;
}

/**
 * How the digits of stored numbers may begin when somebody searches by part of a number, in whatever spelling: as typed, and without the country
 * code. Empty when it is no part of a number.
 */
export function phoneBeginnings(typed: string): string[] {
  const bare = oneWidth(typed).slice(0, 60).replace(between, '');
  if (!/^\+?\d+$/.test(bare)) return [];
  const digits = bare.replace(/^\+/, '');
  const within = /^(?:00)?86(\d+)$/.exec(digits)?.[1];
  const found = within === undefined ? [digits] : [digits, within, `0${within}`];
  return [...new Set([...found, digits.replace(/^00/, '')])].filter((beginning) => beginning !== '');
}

/** A stored number, and the forms in which the same landline could be stored before there was one form. */
export function olderSpellings(phone: string): string[] {
  const [area = '', number = '', ...rest] = phone.split('-');
  if (number === '') return [phone];
  const elsewhere =
    area.length === 3 ? [`${area}${number.slice(0, 1)}-${number.slice(1)}`] : [`${area.slice(0, 3)}-${area.slice(3)}${number}`];
  const abroad = rest.length === 0 ? [`+86${area.slice(1)}${number}`, `+86${area}${number}`] : [];
  return [phone, ...elsewhere.map((spelling) => [spelling, ...rest].join('-')), ...abroad];
}
