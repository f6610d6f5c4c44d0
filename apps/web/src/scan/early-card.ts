/** The page's own code does not come: the drawn card, where there is one, offers to open the page anew. */
export const failEarlyCard = (): void => (window as { earlyFailed?: () => void }).earlyFailed?.();

/**
 * Takes down the card that the page drew before this code had come (`early.mjs` of web-kit). Answers how many milliseconds ago its button was pressed,
 * null when it was not, or when no such card was drawn.
 */
export function takeEarlyCard(): number | null {
  const page = window as { earlyPress?: number | null };
  const pressedAt = page.earlyPress ?? null;
  // Nothing is drawn from now on, and no press counts twice.
  page.earlyPress = null;
  document.getElementById('early')?.remove();
  document.documentElement.classList.remove('early');
  return pressedAt === null ? null : Date.now() - pressedAt;
}
