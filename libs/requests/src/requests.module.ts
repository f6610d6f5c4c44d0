import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { MembersModule } from '@timebank/members';
import { CountOpenRequests } from './count-open-requests';
import { CheckOpenRequests } from './check-open-requests';
import { FindRequests } from './find-requests';
import { GetRequest } from './get-request';
import { LayServedRequest } from './lay-served-request';
import { ListRequests } from './list-requests';
import { ListServiceKinds } from './list-service-kinds';
import { PatchRequest } from './patch-request';
import { PutRequest } from './put-request';
import { RequestRow } from './request.entity';
import { RequestLock } from './request-lock';

const abilities = [CheckOpenRequests, GetRequest, LayServedRequest, ListRequests, ListServiceKinds, PatchRequest, PutRequest, RequestLock];

/** What clients need, and who may see it. */
@Module({
  imports: [TypeOrmModule.forFeature([RequestRow]), BanksModule, MembersModule],
  providers: [...abilities, CountOpenRequests, FindRequests],
  exports: abilities,
})
export class RequestsModule {}
