import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { MembersModule } from '@timebank/members';
import { CheckAsked } from './check-asked';
import { CountOpenRequests } from './count-open-requests';
import { CheckOpenRequests } from './check-open-requests';
import { FindRequests } from './find-requests';
import { GetRequest } from './get-request';
import { LayServedRequest } from './lay-served-request';
import { ListRequests } from './list-requests';
import { ListBankKinds } from './list-bank-kinds';
import { ListServiceKinds } from './list-service-kinds';
import { Occurrences } from './occurrences';
import { PatchRequest } from './patch-request';
import { PutBankKind } from './put-bank-kind';
import { PutRequest } from './put-request';
import { PutServiceKind } from './put-service-kind';
import { RequestRow } from './request.entity';
import { RequestLock } from './request-lock';
import { ShareHours } from './share-hours';
import { SayAvailability } from './say-availability';
import { StillNeeded } from './still-needed';
import { Takeable } from './takeable';
import { BankServiceKindRow, ServiceKindRow } from './service-kind.entity';

const abilities = [
  SayAvailability,
  CheckAsked,
  CheckOpenRequests,
  GetRequest,
  LayServedRequest,
  ListBankKinds,
  ListRequests,
  ListServiceKinds,
  Occurrences,
  PatchRequest,
  PutBankKind,
  PutRequest,
  PutServiceKind,
  RequestLock,
  ShareHours,
  StillNeeded,
  Takeable,
];

/** What clients need, and who may see it. */
@Module({
  imports: [TypeOrmModule.forFeature([BankServiceKindRow, RequestRow, ServiceKindRow]), BanksModule, MembersModule],
  providers: [...abilities, CountOpenRequests, FindRequests],
  exports: abilities,
})
export class RequestsModule {}
