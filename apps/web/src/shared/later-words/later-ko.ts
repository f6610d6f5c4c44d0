export { default as product } from '../../../../../libs/contract/locales/ko.json?later';
export { default as phone } from '../../locales/ko.json?later';
