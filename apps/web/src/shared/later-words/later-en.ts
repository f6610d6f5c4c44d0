export { default as product } from '../../../../../libs/contract/locales/en.json?later';
export { default as phone } from '../../locales/en.json?later';
