import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { CountPeople } from './count-people';
import { MemberCorrectionRow } from './member-correction.entity';
import { BankRoles } from './bank-roles';
import { ChangeMemberSignIn } from './change-member-sign-in';
import { ClosePeople } from './close-people';
import { CorrectMember } from './correct-member';
import { EndElsewhere } from './end-elsewhere';
import { ChoosePassword, ResetPassword } from './choose-password';
import { EndGuest } from './end-guest';
import { FindMembers } from './find-members';
import { FindNamed } from './find-named';
import { GuestView } from './guest-view';
import { GuestRow } from './guest.entity';
import { HasQualification } from './has-qualification';
import { LayMember } from './lay-member';
import { ListCorrections } from './list-corrections';
import { ListGuests } from './list-guests';
import { ListHosts } from './list-hosts';
import { ListMembers } from './list-members';
import { ListWaitingActs } from './list-waiting-acts';
import { ListWaitingRelations } from './list-waiting-relations';
import { MarkLeft } from './mark-left';
import { MemberPlans } from './member-plans';
import { MemberRecord } from './member.entity';
import { NameMembers } from './name-members';
import { OpenMemberAccount } from './open-member-account';
import { OwnDetails } from './own-details';
import { OwnMember } from './own-member';
import { PatchMember } from './patch-member';
import { PhoneHolder } from './phone-holder';
import { PutGuest } from './put-guest';
import { PutMember } from './put-member';
import { PutQualification } from './put-qualification';
import { PutRelation } from './put-relation';
import { QualificationRow } from './qualification.entity';
import { ReadMember } from './read-member';
import { RelatedMembers } from './related-members';
import { SpeakOfRelation } from './speak-of-relation';
import { RelationRow } from './relation.entity';
import { SetOwnSecret } from './set-own-secret';
import { SignInReach } from './sign-in-reach';
import { StartMemberReset } from './start-member-reset';

const abilities = [
  BankRoles,
  ClosePeople,
  EndElsewhere,
  ChoosePassword,
  EndGuest,
  FindMembers,
  FindNamed,
  NameMembers,
  HasQualification,
  ListCorrections,
  ListGuests,
  ListHosts,
  ListMembers,
  ListWaitingActs,
  ListWaitingRelations,
  MarkLeft,
  CountPeople,
  MemberPlans,
  OwnMember,
  PatchMember,
  PutGuest,
  PutMember,
  PutQualification,
  PutRelation,
  ReadMember,
  RelatedMembers,
  SpeakOfRelation,
  ResetPassword,
  StartMemberReset,
];

/** People at a bank. Stands on access, which is global. */
@Module({
  imports: [
    TypeOrmModule.forFeature([GuestRow, MemberCorrectionRow, MemberRecord, QualificationRow, RelationRow]),
    BanksModule,
    LedgerModule,
  ],
  providers: [
    ...abilities,
    ChangeMemberSignIn,
    CorrectMember,
    GuestView,
    LayMember,
    OpenMemberAccount,
    OwnDetails,
    PhoneHolder,
    SetOwnSecret,
    SignInReach,
  ],
  exports: abilities,
})
export class MembersModule {}
