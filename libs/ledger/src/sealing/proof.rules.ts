import type { KeyObject } from 'node:crypto';
import { isGenuine, leavesIn, previousNumberOf, statementHash, type SignedCheckpoint } from './checkpoint.rules';
import { coveredLink, extendChain, transferContent, transferLeafData, type TransferText } from './content.rules';
import { leafHash, rootOfPath } from './merkle.rules';

/** One transfer as an entry of an account, with its proof. Hashes are hexadecimal. It reveals nothing about the other side. */
export type ProvenEntry = {
  transfer: TransferText;
  version: number;
  balanceAfter: number;
  /** The chain of the proven account before this entry, null before its first; and with it. */
  previousHash: string | null;
  hash: string;
  /** The other account's link, covered. */
  otherHash: string;
  /** Where the entry is in a checkpoint's tree; null while it is not sealed. */
  sealed: { checkpoint: number; leafIndex: number; path: string[] } | null;
};

/** Entries of one account, without a gap, and the checkpoints that seal them. */
export type EntriesProof = {
  format: 'timebank proof 1';
  bankId: string;
  accountId: string;
  /** The bank's newest checkpoint, and the id of the key that signed it. */
  publicKeyId: string | null;
  checkpoint: SignedCheckpoint | null;
  /** Those that the entries name, oldest first. */
  checkpoints: SignedCheckpoint[];
  entries: ProvenEntry[];
  /** The account's version up to which all these entries are sealed; null when not even the first is. */
  sealedThrough: number | null;
};

const proofFaults = [
  'unreadable',
  'other_account',
  'missing_version',
  'broken_chain',
  'wrong_balance',
  'checkpoint_missing',
  'wrong_signature',
  'checkpoint_unlinked',
  'outside_checkpoint',
  'not_included',
] as const;
export type ProofFault = (typeof proofFaults)[number];

export type ProofLine = {
  version: number | null;
  transferId: string | null;
  minutes: number | null;
  isSealed: boolean;
  fault: ProofFault | null;
};
export type ProofVerdict = { holds: boolean; checkpointFault: { number: number; fault: ProofFault } | null; lines: ProofLine[] };

/** Minutes from the account's side; null when the transfer does not touch it. */
function minutesOf({ transfer }: ProvenEntry, accountId: string): number | null {
  if (transfer.debitAccountId === accountId) return -Number(transfer.minutes);
  return transfer.creditAccountId === accountId ? Number(transfer.minutes) : null;
}

const bytes = (hexadecimal: string) => Buffer.from(hexadecimal, 'hex');

/** The entry follows the one before it: version, chain and balance. Before a first entry there is nothing, and a balance of none. */
function chainFault(entry: ProvenEntry, content: Buffer, minutes: number, before: ProvenEntry | null): ProofFault | null {
  const { version, balanceAfter, previousHash } = entry;
  if (before ? version !== before.version + 1 : version < 1) return 'missing_version';
  if (before ? previousHash !== before.hash : (previousHash === null) !== (version === 1)) return 'broken_chain';
  const link = extendChain(previousHash === null ? null : bytes(previousHash), content, version, balanceAfter);
  if (link.toString('hex') !== entry.hash) return 'broken_chain';
  const balanceBefore = before ? before.balanceAfter : version === 1 ? 0 : balanceAfter - minutes;
  return balanceBefore + minutes === balanceAfter ? null : 'wrong_balance';
}

function sealFault(
  entry: ProvenEntry,
  content: Buffer,
  isDebit: boolean,
  checkpoints: ReadonlyMap<number, SignedCheckpoint>,
): ProofFault | null {
  if (!entry.sealed) return null;
  const { checkpoint: number, leafIndex, path } = entry.sealed;
  const statement = checkpoints.get(number)?.statement;
  if (!statement) return 'checkpoint_missing';
  const xid = BigInt(entry.transfer.recordedXid ?? '0');
  if (xid < BigInt(statement.fromXid) || xid >= BigInt(statement.belowXid)) return 'outside_checkpoint';
  const [own, other] = [coveredLink(bytes(entry.hash)), bytes(entry.otherHash)];
  const leaf = leafHash(isDebit ? transferLeafData(content, own, other) : transferLeafData(content, other, own));
  const root = rootOfPath(leaf, leafIndex, leavesIn(statement), path.map(bytes));
  return root?.toString('hex') === statement.root ? null : 'not_included';
}

function checkpointFault(proof: EntriesProof, keys: ReadonlyMap<string, KeyObject>): ProofVerdict['checkpointFault'] {
  const all = [...proof.checkpoints, ...(proof.checkpoint ? [proof.checkpoint] : [])];
  for (const [place, checkpoint] of all.entries()) {
    const { number, bankId, previousHash } = checkpoint.statement;
    if (bankId !== proof.bankId || !isGenuine(checkpoint, keys)) return { number, fault: 'wrong_signature' };
    const before = all[place - 1]?.statement;
    if (before && before.number === previousNumberOf(checkpoint.statement) && statementHash(before) !== previousHash)
      return { number, fault: 'checkpoint_unlinked' };
  }
  return null;
}

/**
 * Recomputes a proof from its own text and the public keys alone: signatures, each entry's content, the account's chain and
 * running balance, and each sealed entry's way up to the root of its checkpoint. An entry that is not sealed is sound by its
 * chain only. Anything that cannot be read counts as a fault of its line.
 */
export function verifyProof(proof: EntriesProof, keys: ReadonlyMap<string, KeyObject>): ProofVerdict {
  const checkpoints = new Map(proof.checkpoints.map((checkpoint) => [checkpoint.statement.number, checkpoint]));
  let before: ProvenEntry | null = null;
  const lines: ProofLine[] = [];
  for (const entry of proof.entries) {
    const minutes = minutesOf(entry, proof.accountId);
    let fault: ProofFault | null = 'unreadable';
    try {
      const content = transferContent(entry.transfer);
      if (minutes === null || entry.transfer.bankId !== proof.bankId) fault = 'other_account';
      else fault = chainFault(entry, content, minutes, before) ?? sealFault(entry, content, minutes < 0, checkpoints);
    } catch {
      fault = 'unreadable';
    }
    lines.push({ version: entry.version, transferId: entry.transfer.transferId, minutes, isSealed: entry.sealed !== null, fault });
    before = entry;
  }
  const badCheckpoint = checkpointFault(proof, keys);
  return { holds: badCheckpoint === null && lines.every((line) => line.fault === null), checkpointFault: badCheckpoint, lines };
}
