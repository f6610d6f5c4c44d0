const eastern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * As much of a place as gets a volunteer to the right house and no further: street and house, never unit, floor or door. Only what is surely street or house is
 * kept; in doubt the street alone, or nothing.
 */
export function buildingOf(place: string | null): string | null {
  const written = (place ?? '').normalize('NFKC').trim();
  return (eastern.test(written) ? bigToSmall(written) : smallToBig(written)) || null;
}

/** Chinese, Japanese and Korean: words of counting, of what is passed on the way to a house (lanes, sections, quarters), of houses, and of what is inside. */
const hanDigit =
  '[\u3007\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u58f9\u8d30\u8cb3\u53c1\u53c3\u8086\u4f0d\u9646\u9678\u67d2\u634c\u7396\u62fe\u7532\u4e59\u4e19\u4e01]';
const onTheWay =
  '(?:\u8def|\u8857|\u5df7|\u5f04|\u6bb5|\u5927\u9053|\u91cc|\u6751|\u533a|\u5340|\u7ec4|\u7d44|\u671f|\u4e01\u76ee|\ubc88\uae38|\uae38|\ub85c|\uac00)';
const house =
  '(?:\u53f7\u697c|\u865f\u6a13|\u53f7\u9662|\u865f\u9662|\u53f7\u68df|\u680b|\u5e62|\u68df|\u5ea7|[\u53f7\u865f](?![\u5ba4\u623f\u95e8\u9580\u6237\u6236])|\u756a\u5730|\u756a\\d{1,2}\u53f7(?!\u5ba4)|\u756a(?![\u753a\u8857])|\ubc88\uc9c0|\ub3d9)';
const inner =
  '(?:\u5355\u5143|\u55ae\u5143|\u5ba4|\u623f|\u697c|\u6a13|\u5c42|\u5c64|\u968e|\u9636|\u6237|\u6236|[\u95e8\u9580](?!\u5ce1)|[\u53f7\u865f][\u5ba4\u623f\u95e8\u9580\u6237\u6236]|\ud638|\uce35)';
const count = `(?:\\d+|(?<![A-Za-z])[A-Za-z]|${hanDigit}+)`;
const counted = new RegExp(`${count}(?:${house}|${inner})|${hanDigit}{2,}$|\\p{N}`, 'u');
const isOnTheWay = new RegExp(`^\\d+${onTheWay}`, 'u');
const isHouse = new RegExp(`^${count}${house}`, 'u');
const roomsFirst = new RegExp(`^(?:(?:[\\dA-Za-z/#-]+|${hanDigit}+)${inner})+`, 'u');
/** A bare number is a house only behind a Korean street. */
const endsInStreet = /[\ub85c\uae38]$/u;

function bigToSmall(written: string): string {
  const kept: string[] = [];
  for (const whole of written.split(/[\s,;()[\]|\u3001\u3002]+/u)) {
    // Some write the room first.
    const word = kept.length === 0 ? whole.replace(roomsFirst, '') : whole;
    const isBare = /^\d+$/.test(word);
    if (!eastern.test(word) && !(isBare && kept.length > 0)) {
      if (kept.length > 0) break;
      continue;
    }
    const [part, isEnd] = upToHouse(word, kept.at(-1) ?? '');
    if (part !== '') kept.push(part);
    if (isEnd && kept.length > 0) break;
  }
  return kept.join(' ');
}

/** As much of a word as may be told, and whether nothing behind it may. */
function upToHouse(word: string, before: string): [part: string, isEnd: boolean] {
  let at = 0;
  for (let found = counted.exec(word); found; found = counted.exec(word.slice(at))) {
    const begin = at + found.index;
    const rest = word.slice(begin);
    const [passed] = isOnTheWay.exec(rest) ?? [];
    if (passed !== undefined) {
      at = begin + passed.length;
      continue;
    }
    const name = before + word.slice(0, begin);
    const [number] = isHouse.exec(rest) ?? (endsInStreet.test(name) ? (/^\d+$/.exec(rest) ?? []) : []);
    // A number without the name of a street may be a door's.
    if (number !== undefined) return name === '' ? ['', false] : [word.slice(0, begin) + number, true];
    return [word.slice(0, begin).replace(/[\sA-Za-z#\-~\u30fb.:\u7b2c\u4e4b]+$/u, ''), true];
  }
  return [word.replace(/(?<![A-Za-z])[A-Za-z]$/, ''), false];
}

/** Elsewhere the door comes first, or behind the house; parts stand between commas. */
const roads = new Set(
  'road rd street st avenue ave lane ln drive dr way square sq crescent boulevard blvd alley highway hwy row walk quay lu jie xiang'.split(
    ' ',
  ),
);
const flats = 'flat apt apartment unit room rm suite ste';
const insides = new Set(
  `${flats} floor fl flr f level lvl storey basement penthouse ph door gate entrance staircase no nr number dept one two three four five six seven eight nine
   ten eleven twelve first second third fourth fifth sixth seventh eighth ninth tenth ground top`.split(/\s+/),
);
const buildings = /^(?:mansions?|house|building|bldg|tower|court|estate|cent(?:re|er)|plaza|block|hall|villas?|heights|residence)$/;
/** What may stand before a house's number: a flat with its own, or "No.". */
const flatFirst = new RegExp(
  `^(?:(?:${flats.replaceAll(' ', '|')})\\.? #?(?:[a-z]|[\\w/-]*\\d[\\w/-]*) ?|#[\\w/-]+ ?)*(?:no\\.?|number)? ?$`,
  'i',
);

const plain = (word: string) => word.toLowerCase().replace(/\.$/, '');
const isName = (word: string) => /^[\p{L}'\u2019.-]{2,}$/u.test(word) && !insides.has(plain(word));

function smallToBig(written: string): string {
  const parts = written.split(/[,;\n()|]+/).map((part) => part.trim().split(/\s+/));
  const streets = parts.map(streetOf).filter((street) => street !== null);
  const street = streets.find(({ number }) => number !== '') ?? streets[0];
  if (street) return `${street.number} ${street.name}`.trim();
  const names = parts.map((words) =>
    words
      .slice(
        0,
        words.concat('0').findIndex((word) => !isName(word)),
      )
      .join(' '),
  );
  return names.find((name) => name !== '') ?? '';
}

function streetOf(words: readonly string[]): { number: string; name: string } | null {
  for (const [end, road] of words.entries()) {
    if (!roads.has(plain(road))) continue;
    let begin = end;
    while (begin > 0 && (isName(words[begin - 1] ?? '') || (begin === end && /^\d+(?:st|nd|rd|th)$/i.test(words[begin - 1] ?? ''))))
      begin--;
    if (begin === end) continue;
    const name = words.slice(begin, end + 1);
    const [, number = ''] = /^(\d{1,5})[A-Za-z]?$/.exec(words[begin - 1] ?? '') ?? [];
    const isSure = flatFirst.test(words.slice(0, Math.max(0, begin - 1)).join(' ')) && !name.some((word) => buildings.test(plain(word)));
    return { number: isSure ? number : '', name: name.join(' ') };
  }
  return null;
}
