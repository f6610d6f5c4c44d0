export { DeliverNotices } from './deliver-notices';
export { ListNotices } from './list-notices';
export { printNotice, type NoticeDriver } from './notice-driver';
export { NoticesModule, type NoticesOptions } from './notices.module';
export { ReadNotices } from './read-notices';
