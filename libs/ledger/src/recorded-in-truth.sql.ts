/**
 * When an entry of bank $1 counts as recorded: as it says, or at the repair of a wrong clock that came after it where it says something later
 * than that (`repair_clock`). Written out, because SQL's `recorded_in_truth` is called row by row.
 */
export const recordedInTruth = (recordedAt: string, recordedXid: string) =>
  `least(${recordedAt}, (select min(r.repaired_at) from ledger_clock_repair r where r.bank_id = $1 and r.recorded_xid > ${recordedXid}))`;
