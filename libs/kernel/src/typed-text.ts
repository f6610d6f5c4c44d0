/** NUL, half a surrogate pair, and what Unicode has put aside for no character. */
function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed() && !/\p{Noncharacter_Code_Point}/u.test(text);
}

// Marks that turn the order of what follows (CVE-2021-42574 shows what for), and two separators that end a line in some programs only.
const misleading = /[\p{Bidi_Control}\u2028\u2029]/u;
const controls = /\p{Cc}/u;
// Tab and line ends are part of a text of several lines.
const controlsBeyondLines = /[^\P{Cc}\t\n\r]/u;
// A private character looks different, or like nothing, on each device and on paper. An unassigned one belongs in no name, except where Han
// characters are still being encoded: there it may be newer than this program. U+FFFD stands for bytes that could not be read.
const nameless = /[\p{Private_Use}\uFFFD]|[^\P{Cn}\u{20000}-\u{3FFFF}]/u;
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{M}\p{Cc}\p{Cf}\p{Cs}\u2800]/u;

/** Whether a text has anything that a reader could see; combining marks alone show nothing. */
export function hasVisible(text: string): boolean {
  return visible.test(text);
}

/** How many characters of a text can be seen. */
export function countVisible(text: string): number {
  return [...text].filter((character) => visible.test(character)).length;
}

/** Whether one line of text, above all a name, can be stored, shown and printed as it was meant. */
export function isSoundLine(text: string): boolean {
  return isStorable(text) && !controls.test(text) && !misleading.test(text) && !nameless.test(text);
}

/** The same of a text of several lines; it is read and not looked up, so it may hold a picture newer than this program. */
export function isSoundText(text: string): boolean {
  return isStorable(text) && !controlsBeyondLines.test(text) && !misleading.test(text);
}

// Joiners mean something in two places (Unicode Standard Annex 31, rules A1, A2 and B): between two letters of a script that
// joins them, and after a virama. Between pictures they make one picture of several.
const joined =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;
const virama =
  /[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u0F84\u1039\u103A\u1714\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\uA806\uA82C\uA8C4\uA953\uA9C0\uAAF6\uABED\u{11046}\u{110B9}\u{11133}\u{111C0}]/u;
const joiners = /[\u200C\u200D]/gu;

function joinsSomething(text: string, at: number): boolean {
  const leading = Array.from(text.slice(0, at));
  const before = leading.at(-1) ?? '';
  const after = String.fromCodePoint(text.codePointAt(at + 1) ?? 0x20);
  if (virama.test(before)) return true;
  const base = leading.findLast((character) => !/\p{M}/u.test(character)) ?? '';
  if (joined.test(base) && joined.test(after)) return true;
  return /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]/u.test(before) && /\p{Extended_Pictographic}/u.test(after);
}

// Copying brings them along: zero width spaces, byte order marks, soft hyphens, fillers, tags. Variation selectors stay, they choose a form.
const copyMarks = /\u034F|[\u00AD\u115F\u1160\u180E\u200B\u2060-\u2064\u206A-\u206F\u3164\uFEFF\uFFA0\u{E0000}-\u{E007F}]/gu;

/** One form for typed text: composed (NFC), without invisible marks, one kind of line end, no blanks around it. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(copyMarks, '')
    .replace(joiners, (joiner, at: number, whole: string) => (joinsSomething(whole, at) ? joiner : ''))
    .trim();
}
