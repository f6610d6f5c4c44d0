import type { KeyObject } from 'node:crypto';
import { isGenuine, leavesIn, statementHash, type SignedCheckpoint } from './checkpoint.rules';
import { extendChain, transferContent, transferLeafData, type TransferText } from './content.rules';
import { leafHash, rootOfPath } from './merkle.rules';

/** One transfer as an entry of an account, with what proves it. Hashes are hexadecimal. */
export type ProvenEntry = {
  transfer: TransferText;
  /** The chain of the proven account before this entry; null before its first. */
  previousHash: string | null;
  debitHash: string;
  creditHash: string;
  /** Where the entry stands in a checkpoint's tree; null while it is not sealed. */
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

export const proofFaults = [
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

type Side = { version: number; minutes: number; balanceAfter: number; hash: string };

function sideOf({ transfer, debitHash, creditHash }: ProvenEntry, accountId: string): Side | null {
  const isDebit = transfer.debitAccountId === accountId;
  if (!isDebit && transfer.creditAccountId !== accountId) return null;
  return isDebit
    ? {
        version: Number(transfer.debitVersion),
        minutes: -Number(transfer.minutes),
        balanceAfter: Number(transfer.debitBalanceAfter),
        hash: debitHash,
      }
    : {
        version: Number(transfer.creditVersion),
        minutes: Number(transfer.minutes),
        balanceAfter: Number(transfer.creditBalanceAfter),
        hash: creditHash,
      };
}

const bytes = (hexadecimal: string) => Buffer.from(hexadecimal, 'hex');

/** The entry follows the one before it: version, chain and balance. Before a first entry there is nothing, and a balance of none. */
function chainFault(entry: ProvenEntry, content: Buffer, side: Side, before: Side | null): ProofFault | null {
  if (before ? side.version !== before.version + 1 : side.version < 1) return 'missing_version';
  if (before ? entry.previousHash !== before.hash : (entry.previousHash === null) !== (side.version === 1)) return 'broken_chain';
  if (extendChain(entry.previousHash === null ? null : bytes(entry.previousHash), content).toString('hex') !== side.hash)
    return 'broken_chain';
  const balanceBefore = before ? before.balanceAfter : side.version === 1 ? 0 : side.balanceAfter - side.minutes;
  return balanceBefore + side.minutes === side.balanceAfter ? null : 'wrong_balance';
}

function sealFault(entry: ProvenEntry, content: Buffer, checkpoints: ReadonlyMap<number, SignedCheckpoint>): ProofFault | null {
  if (!entry.sealed) return null;
  const { checkpoint: number, leafIndex, path } = entry.sealed;
  const statement = checkpoints.get(number)?.statement;
  if (!statement) return 'checkpoint_missing';
  const xid = BigInt(entry.transfer.recordedXid ?? '0');
  if (xid < BigInt(statement.fromXid) || xid >= BigInt(statement.belowXid)) return 'outside_checkpoint';
  const leaf = leafHash(transferLeafData(content, bytes(entry.debitHash), bytes(entry.creditHash)));
  const root = rootOfPath(leaf, leafIndex, leavesIn(statement), path.map(bytes));
  return root?.toString('hex') === statement.root ? null : 'not_included';
}

function checkpointFault(proof: EntriesProof, keys: ReadonlyMap<string, KeyObject>): ProofVerdict['checkpointFault'] {
  const all = [...proof.checkpoints, ...(proof.checkpoint ? [proof.checkpoint] : [])];
  for (const [place, checkpoint] of all.entries()) {
    const { number, bankId, previousHash } = checkpoint.statement;
    if (bankId !== proof.bankId || !isGenuine(checkpoint, keys)) return { number, fault: 'wrong_signature' };
    const before = all[place - 1]?.statement;
    if (before && before.number === number - 1 && statementHash(before) !== previousHash) return { number, fault: 'checkpoint_unlinked' };
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
  let before: Side | null = null;
  const lines: ProofLine[] = [];
  for (const entry of proof.entries) {
    const side = sideOf(entry, proof.accountId);
    const line = {
      version: side?.version ?? null,
      transferId: entry.transfer.transferId,
      minutes: side?.minutes ?? null,
      isSealed: entry.sealed !== null,
    };
    let fault: ProofFault | null = 'unreadable';
    try {
      const content = transferContent(entry.transfer);
      if (!side || entry.transfer.bankId !== proof.bankId) fault = 'other_account';
      else fault = chainFault(entry, content, side, before) ?? sealFault(entry, content, checkpoints);
    } catch {
      fault = 'unreadable';
    }
    lines.push({ ...line, fault });
    before = side;
  }
  const badCheckpoint = checkpointFault(proof, keys);
  return { holds: badCheckpoint === null && lines.every((line) => line.fault === null), checkpointFault: badCheckpoint, lines };
}
