export { default as product } from '@timebank/contract/locales/ja.json';
export { default as phone } from '../../locales/ja.json';
