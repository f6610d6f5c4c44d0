import { describe, expect, it } from '@jest/globals';
import { JudgePassword } from './judge-password';
import type { PasswordOwner } from './password.rules';

const nobody: PasswordOwner = { phone: null, names: [], birthDates: [] };
// Wang Li in Han, written by code points, since code holds none.
const wangLi: PasswordOwner = { phone: '13812345678', names: ['\u738b\u4e3d'], birthDates: ['1950-02-03'] };
const judge = new JudgePassword();

function faultOf(password: string, owner = nobody, isStaff = false): string | null {
  try {
    judge.run(password, owner, isStaff);
    return null;
  } catch (refusal) {
    return (refusal as { code: string }).code;
  }
}

describe('a password that is chosen', () => {
  it('B6: is none of the commonest, in any case or width', () => {
    const common = [
      '12345678',
      'password',
      'PASSWORD',
      'iloveyou',
      '123456789a',
      'qwertyuiop',
      '1qaz2wsx',
      '\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18',
    ];
    expect(common.map((word) => faultOf(word))).toEqual(common.map(() => 'access/password_common'));
  });

  it('B6: is no habit of Chinese typists, alone or one after another', () => {
    const habits = [
      'woaini520',
      'woaini1314',
      '5201314520',
      'wo5201314',
      'woainimama',
      '11111111',
      '88888888a',
      'qwer1234',
      'asdfghjkl;',
      'wodemima123',
      '147258369',
    ];
    expect(habits.map((word) => faultOf(word))).toEqual(habits.map(() => 'access/password_common'));
  });

  it('B6: is not the own phone, name or birth date, nor all of them in a row', () => {
    const own = [
      '13812345678',
      '138-1234-5678',
      'wangli1950',
      'Wangli0203',
      '19500203',
      '1950-02-03',
      'liwang500203',
      '12345678wl',
      'a13812345678',
    ];
    const codes = own.map((word) => faultOf(word, wangLi));
    expect(codes.filter((code) => code === null)).toEqual([]);
    expect(codes.slice(0, 7)).toEqual(Array(7).fill('access/password_own_data'));
    expect(faultOf('wangli1950', nobody)).toBeNull();
  });

  it('B6: has eight characters, and fifteen where it opens a desk', () => {
    expect(faultOf('x7-kqv2', nobody)).toBe('access/password_too_short');
    expect(faultOf('x7-kqv2m', nobody)).toBeNull();
    expect(faultOf('x7-kqv2m-long1', nobody, true)).toBe('access/password_too_short');
    expect(faultOf('x7-kqv2m-long12', nobody, true)).toBeNull();
  });

  it('may hold a known piece among others', () => {
    expect(
      ['correct horse battery', 'secret of 13812345678', 'tea at the lake 1950', 'measuring-1'].map((word) => faultOf(word, wangLi)),
    ).toEqual(Array(4).fill(null));
  });
});
