/** When somebody is free, as three parts of a day: what a thumb can choose. Slots said elsewhere by the minute keep their edges until that part is changed. */
export const dayParts = [
  { name: 'morning', from: '08:00', to: '12:00' },
  { name: 'afternoon', from: '12:00', to: '18:00' },
  { name: 'evening', from: '18:00', to: '21:00' },
] as const;
export type DayPart = (typeof dayParts)[number];
export type Slot = { day: number; from: string; to: string };

/** Where a slot is cut: before noon, before six, after that. */
const edges = [
  ['00:00', '12:00'],
  ['12:00', '18:00'],
  ['18:00', '24:00'],
] as const;
const edgeOf = (part: DayPart) => edges[dayParts.indexOf(part)] as readonly [string, string];

/** Slots cut at noon and at six, so that each belongs to one part. Times of one length compare as text. */
export const cutSlots = (slots: readonly Slot[]): Slot[] =>
  slots.flatMap(({ day, from, to }) =>
    edges.flatMap(([start, end]) => {
      const cut = { day, from: from > start ? from : start, to: to < end ? to : end };
      return cut.from < cut.to ? [cut] : [];
    }),
  );

const isIn = ({ day, from }: Slot, of: number, part: DayPart) => day === of && from >= edgeOf(part)[0] && from < edgeOf(part)[1];

export const isFreeIn = (slots: readonly Slot[], day: number, part: DayPart): boolean =>
  cutSlots(slots).some((slot) => isIn(slot, day, part));

/** The same with one part of a day taken in or out. */
export function turned(slots: readonly Slot[], day: number, part: DayPart): Slot[] {
  const cut = cutSlots(slots);
  const others = cut.filter((slot) => !isIn(slot, day, part));
  return others.length < cut.length ? others : [...cut, { day, from: part.from, to: part.to }];
}
