/**
 * What is too much for chance and unlike the others. Two questions, and a flag needs both answers, because each alone is unfair: chance
 * alone points at everyone with a habit and many visits, and distance alone at everyone with few.
 *
 * - Chance: the tail of the binomial distribution (Clopper and Pearson 1934), against the rate of all others, or Fisher's exact test (1935)
 *   where somebody is compared with themselves. Many are looked at, so the level is held for the flags together: of those that are
 *   raised one in twenty may be chance (Benjamini and Hochberg 1995).
 * - Distance: the modified z-score over median and median absolute deviation, an outlier beyond 3.5 (Iglewicz and Hoaglin, "How to Detect
 *   and Handle Outliers", 1993), which the outliers themselves cannot move.
 */
const level = 0.05;
export const farAway = 3.5;

/** So many hits out of so many. */
export type Rate = { hits: number; of: number };

/** Natural logarithms of factorials, computed as needed. */
const logFactorials = [0];
function logFactorial(number: number): number {
  for (let next = logFactorials.length; next <= number; next += 1) logFactorials.push((logFactorials[next - 1] as number) + Math.log(next));
  return logFactorials[number] as number;
}

/** The chance of at least so many hits when each of the visits is one with the same probability. */
export function atLeast({ hits, of }: Rate, probability: number): number {
  if (hits <= 0) return 1;
  if (probability <= 0) return 0;
  if (probability >= 1) return 1;
  let sum = 0;
  for (let count = hits; count <= of; count += 1) {
    const ways = logFactorial(of) - logFactorial(count) - logFactorial(of - count);
    sum += Math.exp(ways + count * Math.log(probability) + (of - count) * Math.log1p(-probability));
  }
  return Math.min(1, sum);
}

/** The chance of at most so many. */
export const atMost = ({ hits, of }: Rate, probability: number) => atLeast({ hits: of - hits, of }, 1 - probability);

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** How far a value is from the others' median. If more than half are alike, the mean deviation replaces the median one (same source). */
export function distancesFrom(values: readonly number[]): (value: number) => number {
  const middle = medianOf(values);
  const deviations = values.map((value) => Math.abs(value - middle));
  const median = medianOf(deviations);
  const mean = deviations.reduce((sum, value) => sum + value, 0) / Math.max(1, deviations.length);
  const unit = median > 0 ? median / 0.6745 : mean * 1.253314;
  return (value) => (unit > 0 ? (value - middle) / unit : 0);
}

/** Counts and minutes spread the wider the more there are; their square root does not (Bartlett 1936). */
export function distancesOfAmounts(amounts: readonly number[]): (amount: number) => number {
  const distance = distancesFrom(amounts.map(Math.sqrt));
  return (amount) => distance(Math.sqrt(amount));
}

function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

/**
 * The amount beyond which one is far out: three times the middle half's width above it (Tukey, "Exploratory Data Analysis", 1977), on
 * square roots. For amounts whose upper end is long by nature: many good pairs see each other every day.
 */
export function farOut(amounts: readonly number[]): number {
  const roots = amounts.map(Math.sqrt).sort((left, right) => left - right);
  const [lower, upper] = [quantileOf(roots, 0.25), quantileOf(roots, 0.75)];
  return (upper + 3 * (upper - lower)) ** 2;
}

export const rateOf = ({ hits, of }: Rate) => (of > 0 ? hits / of : 0);
const together = (rates: readonly Rate[]): Rate => ({
  hits: rates.reduce((sum, { hits }) => sum + hits, 0),
  of: rates.reduce((sum, { of }) => sum + of, 0),
});

/**
 * Fisher's exact test, one-sided: the chance of at most so many hits here, given how many there are here and elsewhere together. It
 * knows how little a few visits elsewhere say.
 */
export function fewerThanElsewhere(here: Rate, elsewhere: Rate): number {
  const [of, hits] = [here.of + elsewhere.of, here.hits + elsewhere.hits];
  const ways = (all: number, some: number) => logFactorial(all) - logFactorial(some) - logFactorial(all - some);
  let sum = 0;
  for (let count = Math.max(0, here.of + hits - of); count <= here.hits; count += 1) {
    sum += Math.exp(ways(hits, count) + ways(of - hits, here.of - count) - ways(of, here.of));
  }
  return Math.min(1, sum);
}

/** Each of a group with the share of all the others. */
export function comparedWithOthers<Subject extends Rate>(subjects: readonly Subject[]): { subject: Subject; others: number }[] {
  const all = together(subjects);
  return subjects.map((subject) => ({ subject, others: rateOf({ hits: all.hits - subject.hits, of: all.of - subject.of }) }));
}

/** Those that are no chance, held together for all that were looked at. */
export function noChance<Subject>(subjects: readonly Subject[], chanceOf: (subject: Subject) => number): Subject[] {
  const inOrder = subjects.map((subject) => ({ subject, chance: chanceOf(subject) })).sort((left, right) => left.chance - right.chance);
  const last = inOrder.findLastIndex(({ chance }, index) => chance <= (level * (index + 1)) / inOrder.length);
  return inOrder.slice(0, last + 1).map(({ subject }) => subject);
}

/**
 * Those of a group whose share of hits is a habit (at least `leastShare`), not chance, and unlike the others', each with the share of all the others.
 * A habit that more people have than `common` says nothing about anybody.
 */
export function standingOut<Subject extends Rate>(
  subjects: readonly Subject[],
  { fewest = 5, leastShare = 0.5, common = 0.1 }: { fewest?: number; leastShare?: number; common?: number } = {},
): { subject: Subject; others: number }[] {
  const enough = subjects.filter(({ of }) => of >= fewest);
  const distance = distancesFrom(enough.map(rateOf));
  const isCommon = enough.filter((subject) => rateOf(subject) >= leastShare).length > enough.length * common && enough.length > 20;
  if (isCommon) return [];
  return noChance(comparedWithOthers(enough), ({ subject, others }) => atLeast(subject, others)).filter(
    ({ subject }) => rateOf(subject) >= leastShare && distance(rateOf(subject)) > farAway,
  );
}
