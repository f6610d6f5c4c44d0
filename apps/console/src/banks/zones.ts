import { dayAfter, localDate, type Zone } from '@timebank/kernel';

/** The time zones that this browser knows, to choose from. */
export const zones = Intl.supportedValuesOf('timeZone');

/** The day after today in a zone: the first that a new zone may count for. */
export const tomorrowIn = (zone: Zone, now: Date): string => dayAfter(localDate(now, zone));
