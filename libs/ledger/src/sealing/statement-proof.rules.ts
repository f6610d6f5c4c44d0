import type { KeyObject } from 'node:crypto';
import { routes, type StatementAnswer } from '@timebank/contract';
import { type EntriesProof, type ProofFault, type ProofLine, type ProvenEntry, verifyProof } from './proof.rules';

export type StatementLine = Omit<ProofLine, 'fault'> & { fault: ProofFault | 'line_differs' | null };
export type StatementVerdict = {
  holds: boolean;
  /** What is wrong with the statement as a whole. */
  faults: ('line_count_differs' | 'account_differs' | 'opening_differs' | 'closing_differs' | 'totals_differ')[];
  checkpointFault: { number: number; fault: ProofFault } | null;
  lines: StatementLine[];
};

/** A statement in its JSON form with its proof, or null. */
export function readStatement(text: string): StatementAnswer | null {
  try {
    const value: unknown = JSON.parse(text);
    return routes.statementJson.answer?.safeParse(value).success ? (value as StatementAnswer) : null;
  } catch {
    return null;
  }
}

const instantOf = (text: string | null) => Date.parse(`${(text ?? '').slice(0, 23)}Z`);

/** Compares what a line of the statement prints with the transfer proven beside it. Names are not proven. */
function differs(line: StatementAnswer['entries'][number], { transfer, version, balanceAfter }: ProvenEntry, accountId: string): boolean {
  const isDebit = transfer.debitAccountId === accountId;
  const printed = [line.transferId, line.kind, line.class, line.visitId, line.reversesId, line.otherAccountId];
  const proven = [
    transfer.transferId,
    transfer.kind,
    transfer.class,
    transfer.visitId,
    transfer.reversesId,
    isDebit ? transfer.creditAccountId : transfer.debitAccountId,
  ];
  const printedNumbers = [line.version, line.minutes, line.balanceAfterMinutes, Date.parse(line.at), Date.parse(line.effectiveAt)];
  const provenNumbers = [
    version,
    Number(transfer.minutes) * (isDebit ? -1 : 1),
    balanceAfter,
    instantOf(transfer.recordedAt),
    instantOf(transfer.effectiveAt),
  ];
  return printed.some((value, index) => value !== proven[index]) || printedNumbers.some((value, index) => value !== provenNumbers[index]);
}

function wholeFaults(statement: StatementAnswer): StatementVerdict['faults'] {
  const { entries, totals, openingMinutes, closingMinutes, bank, account, proof } = statement;
  const [first, last] = [entries[0], entries.at(-1)];
  const sum = (keep: (entry: (typeof entries)[number]) => boolean) =>
    entries.reduce((minutes, entry) => (keep(entry) ? minutes + Math.abs(entry.minutes) : minutes), 0);
  const expected = {
    inMinutes: sum(({ minutes }) => minutes > 0),
    outMinutes: sum(({ minutes }) => minutes < 0),
    verifiedInMinutes: sum((entry) => entry.minutes > 0 && entry.class === 'verified'),
    verifiedOutMinutes: sum((entry) => entry.minutes < 0 && entry.class === 'verified'),
    manualInMinutes: sum((entry) => entry.minutes > 0 && entry.class === 'manual'),
    manualOutMinutes: sum((entry) => entry.minutes < 0 && entry.class === 'manual'),
  };
  const faults: [StatementVerdict['faults'][number], boolean][] = [
    ['account_differs', bank.bankId !== proof.bankId || account.accountId !== proof.accountId],
    ['line_count_differs', entries.length !== proof.entries.length],
    ['opening_differs', first !== undefined && openingMinutes !== first.balanceAfterMinutes - first.minutes],
    ['closing_differs', closingMinutes !== (last?.balanceAfterMinutes ?? openingMinutes)],
    ['totals_differ', Object.entries(expected).some(([name, minutes]) => totals[name as keyof typeof totals] !== minutes)],
  ];
  return faults.filter(([, isSo]) => isSo).map(([fault]) => fault);
}

/**
 * Checks a statement with nothing but itself and the public keys: its proof (see `verifyProof`), each printed line against the
 * proven transfer, opening, closing and totals against the lines. What comes after its last line it cannot know.
 */
export function verifyStatement(statement: StatementAnswer, keys: ReadonlyMap<string, KeyObject>): StatementVerdict {
  const proof = statement.proof as EntriesProof;
  const { checkpointFault, lines } = verifyProof(proof, keys);
  const checked = lines.map((line, index): StatementLine => {
    const [printed, proven] = [statement.entries[index], proof.entries[index]];
    const isOther = line.fault === null && (!printed || !proven || differs(printed, proven, proof.accountId));
    return isOther ? { ...line, fault: 'line_differs' } : line;
  });
  const faults = wholeFaults(statement);
  const holds = faults.length === 0 && checkpointFault === null && checked.every((line) => line.fault === null);
  return { holds, faults, checkpointFault, lines: checked };
}
