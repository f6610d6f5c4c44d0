export { default as product } from '@timebank/contract/locales/ko.json';
export { default as phone } from '../../locales/ko.json';
