/**
 * When an entry of a bank, by default $1, counts as recorded: at its own time, or at the repair of a wrong clock that came after it, if its own time
 * is later than that (`repair_clock`). Written out, because SQL's `recorded_in_truth` is called row by row; and it looks for a repair only where
 * there can be one, because a report asks for every entry. Name the table: a bare column would be the repair's own.
 */
export const recordedInTruth = (recordedAt: string, recordedXid: string, bankId = '$1') => `
  case when ${recordedAt} > (select min(repaired_at) from ledger_clock_repair) and ${recordedXid} < (select max(recorded_xid) from ledger_clock_repair)
       then least(${recordedAt}, (select min(r.repaired_at) from ledger_clock_repair r where r.bank_id = ${bankId} and r.recorded_xid > ${recordedXid}))
       else ${recordedAt} end`;
