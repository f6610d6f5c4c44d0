import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { Availability } from './availability/availability';
import { AvailabilityRow } from './availability/availability.entity';
import { DisclosureRow } from './disclosures/disclosure.entity';
import { KeepDisclosure } from './disclosures/keep-disclosure';
import { ListDisclosures } from './disclosures/list-disclosures';
import { Consents } from './consents';
import { GuardianRow, IdentityCheckRow, IdentityMarkRow } from './identity.entity';
import { LayIdentity } from './lay-identity';
import { AcceptApplication } from './joining/accept-application';
import { Applications } from './joining/applications';
import { Joining } from './joining/joining';
import { ApplicationRow } from './joining/joining.entity';
import { LayPerson } from './records/lay-person';
import { ClientNeeds } from './needs/client-needs';
import { ClientNeedsRow } from './needs/client-needs.entity';
import { CountPeople } from './records/count-people';
import { MemberCorrectionRow } from './records/member-correction.entity';
import { BankRoles } from './roles/bank-roles';
import { ChangeMemberSignIn } from './sign-in/change-member-sign-in';
import { ClosePeople } from './relations/close-people';
import { CorrectMember } from './records/correct-member';
import { EndElsewhere } from './guests/end-elsewhere';
import { ChoosePassword, ResetPassword } from './sign-in/choose-password';
import { EndGuest } from './guests/end-guest';
import { FindMembers } from './records/find-members';
import { FindNamed } from './records/find-named';
import { FindThings } from './search/find-things';
import { GuestView } from './guests/guest-view';
import { GuestRow } from './guests/guest.entity';
import { HasQualification } from './qualifications/has-qualification';
import { LayGrams } from './search/lay-grams';
import { LayMember } from './records/lay-member';
import { LayMembers } from './records/lay-members';
import { LayQualifications } from './qualifications/lay-qualifications';
import { LayRelations } from './relations/lay-relations';
import { ListCorrections } from './records/list-corrections';
import { ListGuests } from './guests/list-guests';
import { ListHosts } from './guests/list-hosts';
import { ListMembers } from './records/list-members';
import { ListWaitingActs } from './roles/list-waiting-acts';
import { ShowPolicies } from './roles/show-policies';
import { ListWaitingRelations } from './relations/list-waiting-relations';
import { MarkLeft } from './records/mark-left';
import { MarkMerged } from './records/mark-merged';
import { MemberFilters } from './member-filters';
import { MemberPlans } from './member-plans';
import { MemberRecord } from './member.entity';
import { NameMembers } from './records/name-members';
import { OpenMemberAccount } from './records/open-member-account';
import { OwnDetails } from './sign-in/own-details';
import { OwnMember } from './records/own-member';
import { PatchMember } from './records/patch-member';
import { PhoneHolder } from './sign-in/phone-holder';
import { PutGuest } from './guests/put-guest';
import { PutMember } from './records/put-member';
import { Extensions } from './qualifications/extensions';
import { KeepTrained } from './qualifications/keep-trained';
import { Mentors } from './qualifications/mentors';
import { PutQualification } from './qualifications/put-qualification';
import { ExtendedRow, ExtensionRow, MentorRow, QualificationKindRow, TrainedRow } from './qualifications/qualification-kind.entity';
import { QualificationKinds } from './qualifications/qualification-kinds';
import { ReadQualified } from './qualifications/read-qualified';
import { ReadStandings } from './qualifications/read-standings';
import { PutRelation } from './relations/put-relation';
import { ExemptionRow, QualificationRow } from './qualifications/qualification.entity';
import { PutExemption } from './qualifications/put-exemption';
import { PairBlockRow } from './relations/pair-block.entity';
import { PairBlocks } from './relations/pair-blocks';
import { ReadMember } from './records/read-member';
import { RelatedMembers } from './relations/related-members';
import { SpeakOfRelation } from './relations/speak-of-relation';
import { RelationRow } from './relations/relation.entity';
import { SearchBanks } from './search/search-banks';
import { SearchMembers } from './search/search-members';
import { SetOwnSecret } from './sign-in/set-own-secret';
import { SignInReach } from './sign-in/sign-in-reach';
import { StartMemberReset } from './sign-in/start-member-reset';
import { UnreadMessages } from './unread-messages';

const abilities = [
  AcceptApplication,
  Applications,
  Consents,
  Joining,
  Availability,
  BankRoles,
  ClientNeeds,
  ClosePeople,
  EndElsewhere,
  ChoosePassword,
  EndGuest,
  Extensions,
  FindMembers,
  FindNamed,
  FindThings,
  LayGrams,
  LayMembers,
  LayQualifications,
  LayRelations,
  NameMembers,
  HasQualification,
  KeepDisclosure,
  KeepTrained,
  ListCorrections,
  ListDisclosures,
  ListGuests,
  ListHosts,
  ListMembers,
  ListWaitingActs,
  ShowPolicies,
  ListWaitingRelations,
  MarkLeft,
  MarkMerged,
  Mentors,
  CountPeople,
  MemberFilters,
  MemberPlans,
  OwnMember,
  PairBlocks,
  PatchMember,
  PutExemption,
  PutGuest,
  PutMember,
  PutQualification,
  PutRelation,
  QualificationKinds,
  ReadMember,
  ReadQualified,
  ReadStandings,
  RelatedMembers,
  SearchBanks,
  SpeakOfRelation,
  ResetPassword,
  StartMemberReset,
  UnreadMessages,
];

/** People at a bank. Stands on access, which is global. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      ApplicationRow,
      GuardianRow,
      IdentityCheckRow,
      IdentityMarkRow,
      AvailabilityRow,
      ClientNeedsRow,
      DisclosureRow,
      ExemptionRow,
      ExtendedRow,
      ExtensionRow,
      GuestRow,
      MentorRow,
      PairBlockRow,
      MemberCorrectionRow,
      MemberRecord,
      QualificationKindRow,
      QualificationRow,
      RelationRow,
      TrainedRow,
    ]),
    BanksModule,
    LedgerModule,
  ],
  providers: [
    ...abilities,
    ChangeMemberSignIn,
    CorrectMember,
    GuestView,
    LayIdentity,
    LayMember,
    LayPerson,
    OpenMemberAccount,
    OwnDetails,
    PhoneHolder,
    SearchMembers,
    SetOwnSecret,
    SignInReach,
  ],
  exports: abilities,
})
export class MembersModule {}
