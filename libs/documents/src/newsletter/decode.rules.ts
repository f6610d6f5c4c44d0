import type { Encoding } from './reading.rules';

const startsWith = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, index) => bytes[index] === byte);

/** The encodings that the bytes may be in, likeliest first: UTF-16 only by its byte order mark, UTF-8 also without one. */
export function encodingsOf(bytes: Uint8Array): Encoding[] {
  if (startsWith(bytes, 0xff, 0xfe)) return ['utf-16le'];
  if (startsWith(bytes, 0xfe, 0xff)) return ['utf-16be'];
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return ['utf-8'];
  return ['utf-8', 'shift_jis', 'euc-jp', 'gb18030'];
}

/** The text, or null where the bytes are not in this encoding. A last character that was cut in two is left away: the rest can be read. */
export function decode(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** Text has a stray control character at most; what is compressed or compiled has one in ten. */
const mostControls = 0.01;

/** Whether bytes of one-byte units cannot be text: a NUL, or many control characters. Tabs, line breaks and form feeds are text. */
export function isBinary(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return true;
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20) || byte === 0x7f) controls += 1;
  }
  return controls > bytes.length * mostControls;
}
