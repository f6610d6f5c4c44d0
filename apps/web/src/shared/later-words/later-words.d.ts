/** The sections of a file of words that come with the pages that say them (`laterWords`). */
declare module '*.json?later' {
  const words: Record<string, import('@timebank/web-kit').WrittenWords>;
  export default words;
}
