import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { BankRoles } from './bank-roles';
import { ChangeMemberSignIn } from './change-member-sign-in';
import { FindMembers } from './find-members';
import { HasQualification } from './has-qualification';
import { LayMember } from './lay-member';
import { ListMembers } from './list-members';
import { MemberRecord } from './member.entity';
import { OpenMemberAccount } from './open-member-account';
import { OwnMember } from './own-member';
import { PatchMember } from './patch-member';
import { PhoneHolder } from './phone-holder';
import { PutMember } from './put-member';
import { PutQualification } from './put-qualification';
import { PutRelation } from './put-relation';
import { QualificationRow } from './qualification.entity';
import { ReadMember } from './read-member';
import { RelatedMembers } from './related-members';
import { RelationRow } from './relation.entity';

const abilities = [
  BankRoles,
  FindMembers,
  HasQualification,
  ListMembers,
  OwnMember,
  PatchMember,
  PutMember,
  PutQualification,
  PutRelation,
  ReadMember,
  RelatedMembers,
];

/** People at a bank. Stands on access, which is global. */
@Module({
  imports: [TypeOrmModule.forFeature([MemberRecord, QualificationRow, RelationRow]), BanksModule, LedgerModule],
  providers: [...abilities, ChangeMemberSignIn, LayMember, OpenMemberAccount, PhoneHolder],
  exports: abilities,
})
export class MembersModule {}
