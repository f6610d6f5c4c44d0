import type { MemberInput } from '@timebank/contract';
import type { Beside } from '../lay-identity';

export type NewMember = Omit<MemberInput, 'password' | 'phone' | 'identityNumber' | 'guardian'> & {
  bankId: string;
  memberId: string;
  phone: string | null;
  passwordHash: string | null;
  secretChosenBy: string | null;
  contentHash: Buffer;
  /** Somebody without a password who has proved their phone. */
  signsInByCode?: boolean;
  beside: Omit<Beside, 'bankId' | 'memberId'>;
};
