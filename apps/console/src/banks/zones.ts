import { localDate, type Zone } from '@timebank/kernel';

/** The time zones that this browser knows, to choose from. */
export const zones = Intl.supportedValuesOf('timeZone');

/** The day after today in a zone: the first that a new zone may count for. */
export const tomorrowIn = (zone: Zone, now: Date): string =>
  new Date(Date.parse(`${localDate(now, zone)}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
