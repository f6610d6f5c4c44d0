export { ActFor } from './proxies/act-for';
export { EndProxies } from './proxies/end-proxies';
export { FamilyModule } from './family.module';
export { PutProxy } from './proxies/put-proxy';
export { ReadProxies } from './proxies/read-proxies';
