/** RFC 6266: a name in ASCII for old clients, and the whole name (RFC 8187) for all others. */
export function dispositionOf(name: string, ending: string, plain: string): string {
  const whole = encodeURIComponent(`${name}.${ending}`).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain.replace(/[^\w.-]/g, '-')}.${ending}"; filename*=UTF-8''${whole}`;
}
