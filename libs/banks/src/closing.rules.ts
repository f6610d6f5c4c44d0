import { localDate } from '@timebank/kernel';
import type { KnownBank } from './bank.entity';

/** The days that a bank's last one may be: from the day it was founded until its own today. */
export const closingDays = ({ createdAt, zone }: Pick<KnownBank, 'createdAt' | 'zone'>, now: Date): { from: string; to: string } => ({
  from: localDate(createdAt, zone),
  to: localDate(now, zone),
});
