export { default as product } from '@timebank/contract/locales/zh-Hans.json';
export { default as phone } from '../../locales/zh-Hans.json';
