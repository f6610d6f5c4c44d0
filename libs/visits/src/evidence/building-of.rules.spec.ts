import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { buildingOf } from './building-of.rules';

describe('a place that a lost phone or a calendar may show', () => {
  it.each([
    ['\u5e78\u798f\u5c0f\u533a3\u680b2\u5355\u5143402\u5ba4', '\u5e78\u798f\u5c0f\u533a3\u680b'],
    ['\u5e78\u798f\u5c0f\u533a5\u5355\u5143301\u53f7', '\u5e78\u798f\u5c0f\u533a'],
    ['\u5e78\u798f\u91cc\u4e09\u3007\u4e00', '\u5e78\u798f\u91cc'],
    ['\u4e2d\u5c71\u8def18\u53f7602\u5ba4', '\u4e2d\u5c71\u8def18\u53f7'],
    ['\u4e2d\u5c71\u8def\u5341\u516b\u53f7\u4e09\u697c', '\u4e2d\u5c71\u8def\u5341\u516b\u53f7'],
    ['\u4e2d\u5c71\u8def203\u53f7\u5ba4', '\u4e2d\u5c71\u8def'],
    ['\u4e2d\u5c71\u8def 3-2-501', '\u4e2d\u5c71\u8def'],
    ['\u9633\u5149\u82d15\u53f7\u697c1203', '\u9633\u5149\u82d15\u53f7\u697c'],
    ['301\u5ba4 \u4e91\u5357\u8def27\u53f7', '\u4e91\u5357\u8def27\u53f7'],
    ['\uff13\uff10\uff11\u5ba4\uff0c\u4e91\u5357\u8def\uff12\uff17\u53f7', '\u4e91\u5357\u8def27\u53f7'],
    ['\u4e09\u95e8\u5ce1\u5e02\u4e2d\u5c71\u8def18\u53f7', '\u4e09\u95e8\u5ce1\u5e02\u4e2d\u5c71\u8def18\u53f7'],
    ['\u5f4c\u6566\u9053100\u865f12\u6a13A\u5ba4', '\u5f4c\u6566\u9053100\u865f'],
    ['Flat A, 12/F, \u5f4c\u6566\u9053100\u865f', '\u5f4c\u6566\u9053100\u865f'],
    ['\u4e2d\u5c71\u8def\u4e8c\u6bb5100\u5df75\u5f0412\u865f3\u6a13\u4e4b2', '\u4e2d\u5c71\u8def\u4e8c\u6bb5100\u5df75\u5f0412\u865f'],
    [
      '\u897f\u65b0\u5bbf2\u4e01\u76ee8\u756a1\u53f7 \u9752\u8449\u30de\u30f3\u30b7\u30e7\u30f3203\u53f7\u5ba4',
      '\u897f\u65b0\u5bbf2\u4e01\u76ee8\u756a1\u53f7',
    ],
    ['\u897f\u65b0\u5bbf2\u4e01\u76ee8\u756a\u5730203\u53f7', '\u897f\u65b0\u5bbf2\u4e01\u76ee8\u756a\u5730'],
    ['\u897f\u65b0\u5bbf2-8-1-203', '\u897f\u65b0\u5bbf'],
    ['\u9752\u8449\u30de\u30f3\u30b7\u30e7\u30f3203\u53f7\u5ba4', '\u9752\u8449\u30de\u30f3\u30b7\u30e7\u30f3'],
    ['\uc911\uad6c \uc138\uc885\ub300\ub85c 110 101\ub3d9 502\ud638', '\uc911\uad6c \uc138\uc885\ub300\ub85c 110'],
    ['\ud14c\ud5e4\ub780\ub85c12\uae38 34, 502\ud638', '\ud14c\ud5e4\ub780\ub85c12\uae38 34'],
    ['\uc740\ub9c8\uc544\ud30c\ud2b8 101\ub3d9 502\ud638', '\uc740\ub9c8\uc544\ud30c\ud2b8 101\ub3d9'],
    ['\uc138\uc885\ub300\ub85c 101-502', '\uc138\uc885\ub300\ub85c'],
    ['12 Garden Road, flat 4, second door', '12 Garden Road'],
    ['Flat 5, 12 Ninghai Road', '12 Ninghai Road'],
    ['Flat 5 12 Ninghai Road', '12 Ninghai Road'],
    ['Flat 5 Ninghai Road', 'Ninghai Road'],
    ['12 Ninghai Road #302', '12 Ninghai Road'],
    ['12A Ninghai Road', '12 Ninghai Road'],
    ['5/F, 12 Nathan Road', '12 Nathan Road'],
    ['Unit 3/12 Garden Road', 'Garden Road'],
    ['302 Happy Court, Garden Road', 'Garden Road'],
    ['Yunnan Road 27, Room 301', 'Yunnan Road'],
    ['350 5th Avenue, 12th Floor', '350 5th Avenue'],
    ['12 St James Street Apt 5B', '12 St James Street'],
    ['Happy Court Flat A', 'Happy Court'],
    ['The big house', 'The big house'],
    ['402\u5ba4', null],
    ['Room 302', null],
    ['', null],
    [null, null],
  ])('%s is shown as %s', (place, building) => expect(buildingOf(place)).toBe(building));

  it('has nothing of a room, whatever house it is in and however both are written', () => {
    const houses = [
      '\u4e91\u5357\u8def$\u53f7',
      '\u5e78\u798f\u5c0f\u533a$\u680b',
      '\u9633\u5149\u82d1$\u53f7\u697c',
      '\u5f4c\u6566\u9053$\u865f',
      '\u5927\u5b89\u5340\u548c\u5e73\u6771\u8def\u4e00\u6bb5$\u865f',
      '\u9752\u8449\u753a2\u4e01\u76ee$\u756a\u5730',
      '\u897f\u65b0\u5bbf2\u4e01\u76ee$\u756a1\u53f7',

      '\uc138\uc885\ub300\ub85c $',
      '\uc740\ub9c8\uc544\ud30c\ud2b8 $\ub3d9',
      '\ud14c\ud5e4\ub780\ub85c12\uae38 $',
      '\u4e2d\u5c71\u8def',
    ];
    const roomsOfHouses = [
      '#\u5ba4',
      ' #\u5ba4',
      '2\u5355\u5143#\u5ba4',
      '#',
      ' #',
      '-#',
      ' 3-2-#',
      '8\u6a13#\u5ba4',
      ' A\u5ea7#',
      '#\u53f7\u5ba4',
      ' \u9752\u8449\u8358#\u53f7\u5ba4',
      ' #\ud638',
      ' 7\uce35 #\ud638',
      ' B#\ud638',
      '\uff0c#',
      '\n#',
    ];
    const streets = ['$ Ninghai Road', '$ St James Street', '$ Garden Avenue', 'Ninghai Road $', 'No. $ Yunnan Road'];
    const roomsOfStreets = [', Flat #', ' @#', ', Apt #B', ' Unit #', ', 8/F, Room #', ' - #', ', #', '; door #', '\n#', '/#', ' (#)'];
    const roomsBefore = ['Flat #, ', 'Room # ', '#, ', '#/', 'Unit #/', '8/F #, ', '8th floor #, ', '@#, ', 'Apt. # '];
    const number = fc.integer({ min: 10, max: 99 });
    const room = fc.integer({ min: 300, max: 2999 });
    const written = fc.oneof(
      fc.tuple(fc.constantFrom(...houses), fc.constantFrom(...roomsOfHouses)).map(([place, inside]) => place + inside),
      fc
        .tuple(fc.constantFrom(...houses), fc.constantFrom('#\u5ba4 ', '#\u5ba4', '8\u6a13#\u5ba4\uff0c', '#\ud638 ', '#\u53f7\u5ba4 '))
        .map(([place, inside]) => inside + place),
      fc.tuple(fc.constantFrom(...streets), fc.constantFrom(...roomsOfStreets)).map(([place, inside]) => place + inside),
      fc.tuple(fc.constantFrom(...streets), fc.constantFrom(...roomsBefore)).map(([place, inside]) => inside + place),
    );
    fc.assert(
      fc.property(written, number, room, (as, of, inside) => {
        const shown =
          buildingOf(
            as
              .replace(/\$(?=[\d#])/, '$ ')
              .replace('$', String(of))
              .replace('#', String(inside))
              .replace('@', '#'),
          ) ?? '';
        expect(shown.match(/\d+/g) ?? []).not.toContain(String(inside));
      }),
      { numRuns: 3_000 },
    );
  });
});
