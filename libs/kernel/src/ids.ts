const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case text form of 16 bytes. */
export function formatId(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < 16; index += 1) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += hex[bytes[index] ?? 0];
  }
  return text;
}

/** Random bytes are drawn for many ids at once: a draw costs more than the rest of an id. */
const pool = new Uint8Array(16 * 64);
let drawn = pool.length;

/**
 * A new UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits.
 * Uses `getRandomValues`, which browsers offer on insecure origins too.
 */
export function newId(milliseconds: number = Date.now()): string {
  if (drawn === pool.length) {
    crypto.getRandomValues(pool);
    drawn = 0;
  }
  const bytes = pool.subarray(drawn, (drawn += 16));
  let rest = milliseconds;
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return formatId(bytes);
}
