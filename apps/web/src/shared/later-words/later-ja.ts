export { default as product } from '../../../../../libs/contract/locales/ja.json?later';
export { default as phone } from '../../locales/ja.json?later';
