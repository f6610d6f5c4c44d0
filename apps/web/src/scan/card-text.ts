import { normalizeCode } from '@timebank/kernel';

/**
 * What a code says about a service card, in the API's form: the token, the eight characters, or the whole address of a rotating code. Null for
 * anything else (a payment code, a parcel), so it is never sent anywhere.
 */
export function cardFrom(text: string): string | null {
  const path = /^https?:\/\/[^/]+(?:\/[^?#]*)?\/([sr])\/([^/?#]+)\/?$/i.exec(text.trim());
  if (path?.[1]?.toLowerCase() === 'r') return text.trim();
  const code = normalizeCode(path?.[2] ?? text);
  if (code === null) return null;
  return code.length === 16 || (code.length === 8 && !path) ? code : null;
}
