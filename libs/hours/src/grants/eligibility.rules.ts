import type { Circumstance, GrantReason, Policy } from '@timebank/contract';

/** Everybody born on `bornBy` or earlier who lives in this circumstance is a priority elder, for that reason. */
export type GrantBand = { reason: GrantReason; circumstance: Circumstance; bornBy: string };

/** The first of a month in another year; Postgres knows no year before 1. */
function yearsBefore(month: string, years: number): string {
  return `${String(Math.max(Number(month.slice(0, 4)) - years, 1)).padStart(4, '0')}${month.slice(4)}-01`;
}

/**
 * Who receives a month's grant, in the order in which minutes go out; of several reasons the first counts. Ages are those on the first of the month.
 * Nanjing 2019: 80 and older living alone; 60 to 79 with a low income, disabled or living alone. Nobody loses a grant by turning 80: low income and
 * disability count from 60 on without an upper limit.
 */
export function grantBands(month: string, { grantFromAge, grantAloneFromAge }: Policy): GrantBand[] {
  const bornBy = yearsBefore(month, grantFromAge);
  return [
    { reason: 'oldest_alone', circumstance: 'living_alone', bornBy: yearsBefore(month, grantAloneFromAge) },
    { reason: 'low_income', circumstance: 'low_income', bornBy },
    { reason: 'disabled', circumstance: 'disabled', bornBy },
    { reason: 'living_alone', circumstance: 'living_alone', bornBy },
  ];
}
