import { InvalidArgumentError } from 'commander';

/** A count, a seed or minutes, as an option of a command. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('It is no whole number.');
  return Number(text);
}
