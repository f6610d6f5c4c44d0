export { default as product } from '@timebank/contract/locales/en.json';
export { default as phone } from '../../locales/en.json';
