export { default as product } from '../../../../../libs/contract/locales/zh-Hans.json?later';
export { default as phone } from '../../locales/zh-Hans.json?later';
