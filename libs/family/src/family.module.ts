import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { MembersModule } from '@timebank/members';
import { RequestsModule } from '@timebank/requests';
import { ContactRow, PhoneCallRow } from './intake/contact.entity';
import { Contacts } from './intake/contacts';
import { FindCallers } from './intake/find-callers';
import { PutPhoneCall } from './intake/put-phone-call';
import { ActFor } from './proxies/act-for';
import { EndProxies } from './proxies/end-proxies';
import { ProxyRow } from './proxies/proxy.entity';
import { PutProxy } from './proxies/put-proxy';
import { ReadProxies } from './proxies/read-proxies';
import { Findings } from './silent/findings';
import { SilentElders } from './silent/silent-elders';
import { CheckInRow, FindingRow } from './silent/silent.entity';

const abilities = [ActFor, Contacts, EndProxies, FindCallers, Findings, PutPhoneCall, PutProxy, ReadProxies, SilentElders];

/** The people around a client. Stands on access, which is global, and on visits as the process has opened it. */
@Module({})
export class FamilyModule {
  static forRoot(visits: DynamicModule): DynamicModule {
    return {
      module: FamilyModule,
      imports: [
        TypeOrmModule.forFeature([CheckInRow, ContactRow, FindingRow, PhoneCallRow, ProxyRow]),
        BanksModule,
        MembersModule,
        RequestsModule,
        visits,
      ],
      providers: abilities,
      exports: abilities,
    };
  }
}
