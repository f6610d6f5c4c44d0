import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { MembersModule } from '@timebank/members';
import { ActFor } from './proxies/act-for';
import { EndProxies } from './proxies/end-proxies';
import { ProxyRow } from './proxies/proxy.entity';
import { PutProxy } from './proxies/put-proxy';
import { ReadProxies } from './proxies/read-proxies';

const abilities = [ActFor, EndProxies, PutProxy, ReadProxies];

/** The people around a client. Stands on access, which is global, and on visits as the process has opened it. */
@Module({})
export class FamilyModule {
  static forRoot(visits: DynamicModule): DynamicModule {
    return {
      module: FamilyModule,
      imports: [TypeOrmModule.forFeature([ProxyRow]), BanksModule, MembersModule, visits],
      providers: abilities,
      exports: abilities,
    };
  }
}
