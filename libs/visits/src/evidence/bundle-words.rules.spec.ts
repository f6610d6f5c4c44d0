import { describe, expect, it } from '@jest/globals';
import { buildingOf, shortName } from './bundle-words.rules';

describe('what a lost phone may show', () => {
  it.each([
    ['\u5e78\u798f\u5c0f\u533a3\u680b2\u5355\u5143402\u5ba4', '\u5e78\u798f\u5c0f\u533a3\u680b'],
    ['\u4e2d\u5c71\u8def18\u53f7602\u5ba4', '\u4e2d\u5c71\u8def18\u53f7'],
    ['\u9633\u5149\u82d15\u53f7\u697c1203', '\u9633\u5149\u82d15\u53f7\u697c'],
    ['12 Garden Road, flat 4, second door', '12 Garden Road'],
    ['The big house', 'The big house'],
    [null, null],
  ])('%s is shown as %s', (place, building) => expect(buildingOf(place)).toBe(building));

  it.each([
    ['\u738b\u79c0\u82f1', '\u738b*'],
    ['Old Mrs. Wang', 'Old'],
    ['Ana', 'Ana'],
  ])('%s is called %s', (name, short) => expect(shortName(name)).toBe(short));
});
