/** What a message function is handed by vue-i18n ("Message Functions" in its guide). */
type Context = {
  named(key: string): unknown;
  interpolate(value: unknown): unknown;
  normalize(parts: unknown[]): unknown;
  plural(forms: unknown[]): unknown;
};
export type Message = (context: Context) => unknown;
export type Messages = { [key: string]: Message | Messages };
/** As the locale files write them. */
export type WrittenWords = { [key: string]: string | WrittenWords };

/**
 * A message as the function that vue-i18n's compiler makes of it: places `{like}` this and forms parted by ` | ` are all that the product's words use.
 * The compiler is a fifth of what a phone would have to load of vue-i18n.
 */
function messageOf(text: string): Message {
  const forms = text.split(' | ').map((form) => form.split(/\{(\w+)\}/));
  const [only = []] = forms;
  if (forms.length === 1 && only.length === 1) return () => text;
  // Every second part is a place.
  const say = (parts: string[], { normalize, interpolate, named }: Context) =>
    normalize(parts.map((part, at) => (at % 2 === 0 ? part : interpolate(named(part)))));
  return (context) => (forms.length === 1 ? say(only, context) : context.plural(forms.map((form) => say(form, context))));
}

/** All messages of a language. */
export function messagesOf(words: WrittenWords): Messages {
  const entries = Object.entries(words).map(([key, value]) => [key, typeof value === 'string' ? messageOf(value) : messagesOf(value)]);
  return Object.fromEntries(entries) as Messages;
}
