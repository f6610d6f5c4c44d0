/** A place inside this app that a sign-in may return to; never another site. */
export function returnPlace(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/today';
}
