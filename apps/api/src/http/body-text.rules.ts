const [quote, backslash, comma, openList, closeList, openObject, closeObject] = [...'"\\,[]{}'].map((sign) => sign.charCodeAt(0));

/** No message nests deeper; parsers recurse, and must not be led down to the end of the stack. */
export const deepest = 32;

/**
 * What is too much in a JSON text, found before parsing: a few letters of text can make endless objects. Goes over the text once and keeps nothing.
 * Whether the text is JSON at all is for the parser to say.
 */
export function excessOf(text: string, mostValues: number): 'too_deep' | 'too_many_values' | null {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === quote) {
      for (at += 1; at < text.length && text.charCodeAt(at) !== quote; at += 1) if (text.charCodeAt(at) === backslash) at += 1;
    } else if (sign === comma || sign === openList || sign === openObject) {
      values += 1;
      if (values > mostValues) return 'too_many_values';
      if (sign !== comma) {
        depth += 1;
        if (depth > deepest) return 'too_deep';
      }
    } else if (sign === closeList || sign === closeObject) depth -= 1;
  }
  return null;
}
