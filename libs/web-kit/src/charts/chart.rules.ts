/** What a chart's axis counts: minutes are marked at whole hours once there are enough of them. */
export type ChartUnit = 'minutes' | 'count' | 'percent';

const steps = [1, 2, 5];
const minuteSteps = [10, 20, 30];

/** The smallest step of 1, 2 or 5 times a power of ten that reaches `most` in at most four. */
function stepFor(most: number): number {
  for (let power = 1; ; power *= 10) {
    const found = steps.find((step) => step * power * 4 >= most);
    if (found !== undefined) return found * power;
  }
}

/** Marks from nothing to at least the greatest value, in even steps that people count in. */
export function marksFor(most: number, unit: ChartUnit): number[] {
  if (unit === 'percent') return [0, 25, 50, 75, 100];
  const step = unit === 'count' ? stepFor(most) : most > 120 ? stepFor(most / 60) * 60 : (minuteSteps.find((one) => one * 4 >= most) ?? 30);
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, place) => place * step);
}

/** How high a value stands below the last mark, in per cent; nothing below zero is drawn. */
export const heightOf = (value: number, top: number) => Math.round(Math.max(0, Math.min(100, (value / top) * 100)) * 100) / 100;

/** Which of so many labels are written so that at most `room` stand there: the last one always is. */
export const isLabelled = (place: number, count: number, room: number) => (count - 1 - place) % Math.ceil(count / room) === 0;
