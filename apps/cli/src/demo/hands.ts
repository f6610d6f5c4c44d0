import type { Type } from '@nestjs/common';
import { CityRoles, FirstAdmin } from '@timebank/access';
import { PutBank, PutPolicy } from '@timebank/banks';
import { GenerateSeries, InterruptSeries, PutRegular, PutSeries, TakeForRegulars } from '@timebank/care';
import { UnitOfWork } from '@timebank/database';
import { TransferHours } from '@timebank/hours';
import { BankRoles, PutGuest, PutMember, PutQualification, PutRelation, SpeakOfRelation } from '@timebank/members';
import { DeliverNotices } from '@timebank/notices';
import { ListServiceKinds, PutBankKind, PutRequest } from '@timebank/requests';
import { Contacts, Findings, PutProxy } from '@timebank/family';
import { JoinActivity, PutActivity } from '@timebank/activities';
import { PutCourse, TakePlace } from '@timebank/training';
import {
  CancelRequest,
  CancelVisit,
  CloseForgottenVisits,
  DecideVisits,
  EnterTimes,
  IssueCard,
  PlanVisit,
  ScanCard,
} from '@timebank/visits';

/** Where abilities are found: the command line's rooms, or a test's. */
export type Rooms = { get<Ability>(ability: Type<Ability>, options?: { strict: boolean }): Ability };

/** The abilities that the demo city is made through: those that people use, and no others. */
export function handsOf(rooms: Rooms) {
  const hand = <Ability>(ability: Type<Ability>): Ability => rooms.get(ability, { strict: false });
  return {
    unit: hand(UnitOfWork),
    firstAdmin: hand(FirstAdmin),
    cityRoles: hand(CityRoles),
    putBank: hand(PutBank),
    putPolicy: hand(PutPolicy),
    putGuest: hand(PutGuest),
    putMember: hand(PutMember),
    bankRoles: hand(BankRoles),
    putRelation: hand(PutRelation),
    speakOfRelation: hand(SpeakOfRelation),
    putQualification: hand(PutQualification),
    issueCard: hand(IssueCard),
    listServiceKinds: hand(ListServiceKinds),
    putBankKind: hand(PutBankKind),
    putRequest: hand(PutRequest),
    putSeries: hand(PutSeries),
    putRegular: hand(PutRegular),
    interruptSeries: hand(InterruptSeries),
    generateSeries: hand(GenerateSeries),
    takeForRegulars: hand(TakeForRegulars),
    planVisit: hand(PlanVisit),
    cancelRequest: hand(CancelRequest),
    cancelVisit: hand(CancelVisit),
    scanCard: hand(ScanCard),
    enterTimes: hand(EnterTimes),
    closeForgottenVisits: hand(CloseForgottenVisits),
    decideVisits: hand(DecideVisits),
    putActivity: hand(PutActivity),
    joinActivity: hand(JoinActivity),
    putProxy: hand(PutProxy),
    contacts: hand(Contacts),
    findings: hand(Findings),
    putCourse: hand(PutCourse),
    takePlace: hand(TakePlace),
    transferHours: hand(TransferHours),
    deliverNotices: hand(DeliverNotices),
  };
}

export type Hands = ReturnType<typeof handsOf>;
