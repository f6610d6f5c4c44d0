import type { Carrier } from './session-token.rules';

/** Where a sign-in attempt comes from. `device` is the token of a browser that somebody has signed in with before. */
export type SignInSource = { address: string; device: string | null; userAgent: string | null };

export const unknownSource: SignInSource = { address: '', device: null, userAgent: null };

const tokenShape = /^[A-Za-z0-9_-]{43}$/;
const longestUserAgent = 300;

export function deviceCookieName(secure: boolean): string {
  return secure ? '__Host-timebank_device' : 'timebank_device';
}

/** Reads it off a request; `ip` is the caller's address as the door understands it. */
export function sourceOf(request: Carrier & { ip?: string }, secure: boolean): SignInSource {
  const device = request.cookies?.[deviceCookieName(secure)];
  const userAgent = request.headers['user-agent'];
  return {
    address: request.ip ?? '',
    device: device !== undefined && tokenShape.test(device) ? device : null,
    userAgent: typeof userAgent === 'string' ? userAgent.slice(0, longestUserAgent) : null,
  };
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== '')) as [string[], string[]];
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<string>(missing).fill('0'), ...after].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
}

/** What counts as one address: IPv4 as it is, even when wrapped in IPv6; of IPv6 the /64, which is one household or one phone. */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '');
  const dressed = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare);
  if (dressed) return dressed[1] as string;
  return bare.includes(':') ? groupsOf(bare).slice(0, 4).join(':') : bare;
}

const browsers: [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'],
  [/HuaweiBrowser\//, 'Huawei'],
  [/MiuiBrowser\//, 'Mi'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/SamsungBrowser\//, 'Samsung'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
];

/** What a person recognises a sign-in by, such as `WeChat · Android`; null when the caller says nothing we know. */
export function deviceName(userAgent: string | null): string | null {
  const found = [browsers, systems].flatMap((names) => names.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? []);
  return found.length === 0 ? null : found.join(' · ');
}
