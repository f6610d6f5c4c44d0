export { GetRequest } from './get-request';
export { LayServedRequest } from './lay-served-request';
export { ListRequests } from './list-requests';
export { ListServiceKinds } from './list-service-kinds';
export { PatchRequest } from './patch-request';
export { PutRequest } from './put-request';
export { RequestRow, type StoredRequestState } from './request.entity';
export { RequestLock } from './request-lock';
export { RequestsModule } from './requests.module';
