/** The parts of a request that say who calls; a Fastify request with its cookies has them. */
export type Carrier = {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  cookies?: Record<string, string | undefined>;
};

export type CarriedToken = { token: string; fromCookie: boolean };

const tokenShape = /^[A-Za-z0-9_-]{43}$/;

/** Browsers refuse a `__Host-` cookie that is not secure or that another host of the domain has set. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-timebank_session' : 'timebank_session';
}

/** The session token of a call. An Authorization header decides alone, even a useless one; otherwise the cookie. */
export function carriedToken(request: Carrier, secure: boolean): CarriedToken | null {
  const { authorization } = request.headers;
  const given = authorization === undefined ? request.cookies?.[cookieName(secure)] : /^Bearer +(\S+) *$/i.exec(String(authorization))?.[1];
  if (given === undefined || !tokenShape.test(given)) return null;
  return { token: given, fromCookie: authorization === undefined };
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/**
 * Whether a page of another site may have caused this call through the reader's cookie. SameSite=Lax already keeps the cookie off such calls; what
 * the browser says about itself is checked too, if it says anything.
 */
export function isForeign(request: Carrier, ownOrigin: string | undefined): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  const caller = hostOf(String(origin));
  return caller === null || (caller !== host && caller !== hostOf(ownOrigin ?? ''));
}
