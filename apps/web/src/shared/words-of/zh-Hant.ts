export { default as product } from '@timebank/contract/locales/zh-Hant.json';
export { default as phone } from '../../locales/zh-Hant.json';
