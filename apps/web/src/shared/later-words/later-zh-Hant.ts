export { default as product } from '../../../../../libs/contract/locales/zh-Hant.json?later';
export { default as phone } from '../../locales/zh-Hant.json?later';
