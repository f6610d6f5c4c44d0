import { deriveId } from '@timebank/database';

/** The account of a bank over which minutes come from and go to another. */
export function clearingAccountOf(bankId: string, otherBankId: string): string {
  return deriveId(bankId, `clearing ${otherBankId}`);
}

/** The id of a transfer's second leg in another bank. */
export function onwardIdOf(transferId: string): string {
  return deriveId(transferId, 'onward');
}
