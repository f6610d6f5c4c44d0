import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Account } from './account.entity';
import { Hold, HoldEnd } from './hold.entity';
import { OpenAccounts } from './open-accounts';
import { PlaceHold } from './place-hold';
import { PostTransfers } from './post-transfers';
import { RefusedPosting } from './refusal.entity';
import { ReleaseHold } from './release-hold';
import { Transfer } from './transfer.entity';

const abilities = [OpenAccounts, PlaceHold, PostTransfers, ReleaseHold];

/** Accounts, transfers and holds. Knows minutes and reasons, not what a visit is; takes a caller already checked. */
@Module({
  imports: [TypeOrmModule.forFeature([Account, Hold, HoldEnd, RefusedPosting, Transfer])],
  providers: abilities,
  exports: abilities,
})
export class LedgerModule {}
