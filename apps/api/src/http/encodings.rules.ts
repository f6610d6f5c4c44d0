export type Encoding = 'br' | 'gzip';

/**
 * The encoding that a caller likes best of ours, by `Accept-Encoding` (RFC 9110, 12.5.3); brotli before gzip where both are equal. Null for neither.
 */
export function acceptedEncoding(header: string | undefined): Encoding | null {
  const wanted = new Map<string, number>();
  for (const part of (header ?? '').slice(0, 1_000).split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
    const quality = weight === undefined ? 1 : Number(weight);
    if (name !== '' && quality >= 0 && quality <= 1) wanted.set(name, quality);
  }
  const qualityOf = (name: Encoding) => wanted.get(name) ?? (name === 'gzip' ? wanted.get('x-gzip') : undefined) ?? wanted.get('*') ?? 0;
  const [br, gzip] = [qualityOf('br'), qualityOf('gzip')];
  if (br === 0 && gzip === 0) return null;
  return br >= gzip ? 'br' : 'gzip';
}
