import { normalizeCode } from '@timebank/kernel';

export const tokenLength = 16;
export const codeLength = 8;

/** What was scanned or typed: a card's token, its short code, a rotating code, or none of ours. */
export type CardText = { via: 'card'; token: string } | { via: 'typed'; code: string } | { via: 'rotating'; code: string } | { via: null };

/** A display's id, a step and a MAC, as `RotatingCodes` makes them. */
const rotatingCode = /^[A-Za-z0-9_-]{22}\.\d{1,12}\.[A-Za-z0-9_-]{11}$/;

const nothing: CardText = { via: null };

function readAddress(text: string, origin: string): CardText {
  let address: URL;
  try {
    address = new URL(text);
  } catch {
    return nothing;
  }
  // A foreign sticker over the card has a foreign host, whatever its path says.
  if (address.host !== new URL(origin).host || address.search !== '' || address.hash !== '') return nothing;
  const [, prefix, rest] = /^\/([sr])\/([^/]+)$/.exec(address.pathname) ?? [];
  if (prefix === 'r' && rest !== undefined) return { via: 'rotating', code: rest };
  const token = prefix === 's' && rest !== undefined ? normalizeCode(rest) : null;
  return token?.length === tokenLength ? { via: 'card', token } : nothing;
}

/** Reads a full address of this installation, a bare token or rotating code, or a typed code; spelling slips that the alphabet forgives are forgiven. */
export function readCardText(text: string, origin: string): CardText {
  if (text.includes('://')) return readAddress(text.trim(), origin);
  if (rotatingCode.test(text)) return { via: 'rotating', code: text };
  const normal = normalizeCode(text);
  if (normal?.length === tokenLength) return { via: 'card', token: normal };
  return normal?.length === codeLength ? { via: 'typed', code: normal } : nothing;
}

/** `ABCD-EFGH`: two groups of four are easier to read out and to type. */
export function groupCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
