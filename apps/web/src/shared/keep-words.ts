/** Keeps the words that this page runs on for starts without network: they came before the service worker could see them. */
export async function keepWords(language: string): Promise<void> {
  if (!('serviceWorker' in navigator) || !('caches' in window)) return;
  await navigator.serviceWorker.ready;
  const isOf = (url: string) => new URL(url).pathname.startsWith(`/assets/${language}-`);
  const used = performance.getEntriesByType('resource').find(({ name }) => isOf(name))?.name;
  if (used === undefined) return;
  const words = await caches.open('words');
  if (await words.match(used)) return;
  await words.add(used);
  for (const one of await words.keys()) if (isOf(one.url) && one.url !== used) await words.delete(one);
}
