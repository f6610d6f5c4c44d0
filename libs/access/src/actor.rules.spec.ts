import { describe, expect, it } from '@jest/globals';
import type { RoleName } from '@timebank/contract';
import { type Actor, decide, mayChangeSignIn, mayGrant, isOneself, memberIn, staffBanksOf } from './actor.rules';

const [bank, otherBank] = ['bank', 'other bank'];
const somebody = (...roles: [RoleName, string | null][]): Actor => ({
  personId: JSON.stringify(roles),
  roles: roles.map(([role, bankId]) => ({ role, bankId, memberId: bankId === null ? null : `member of ${bankId}` })),
});

describe('the door', () => {
  it('lets those in who have the role in that bank, or in the city', () => {
    for (const [actor, decision] of [
      [null, 'sign_in'],
      [somebody(), 'hidden'],
      [somebody(['coordinator', otherBank]), 'hidden'],
      [somebody(['volunteer', bank]), 'forbidden'],
      [somebody(['coordinator', bank]), 'allowed'],
      [somebody(['admin', null]), 'allowed'],
      [somebody(['auditor', null]), 'forbidden'],
    ] as const)
      expect(decide(actor, 'members.write', bank)).toBe(decision);
  });

  it('does not make a city admin coordinator of any bank', () => {
    expect(decide(somebody(['admin', null]), 'visits.approve', bank)).toBe('forbidden');
  });

  it('lets staff of any bank or of the city do what is for staff, and nobody else', () => {
    const decided = (...roles: [RoleName, string | null][]) => decide(somebody(...roles), 'staff', null);
    expect(decide(null, 'staff', null)).toBe('sign_in');
    expect([decided(['volunteer', bank], ['client', bank], ['proxy', bank]), decided()]).toEqual(['forbidden', 'forbidden']);
    for (const role of ['coordinator', 'admin', 'auditor'] as const)
      expect(decided(['volunteer', bank], [role, otherBank])).toBe('allowed');
    expect([decided(['admin', null]), decided(['auditor', null])]).toEqual(['allowed', 'allowed']);
    expect(staffBanksOf(somebody(['volunteer', bank], ['coordinator', otherBank], ['auditor', otherBank]))).toEqual([otherBank]);
    expect(staffBanksOf(somebody(['coordinator', bank], ['auditor', null]))).toBe('city');
  });

  it('keeps the city to its admins', () => {
    expect(decide(somebody(['admin', null]), 'city.run', null)).toBe('allowed');
    expect(decide(somebody(['admin', bank]), 'city.run', bank)).toBe('forbidden');
    expect(decide(somebody(['admin', bank]), 'city.run', otherBank)).toBe('hidden');
    expect(decide(somebody(['admin', bank]), 'members.write', null)).toBe('forbidden');
  });
});

describe('a role', () => {
  it('is given by those above it', () => {
    const [cityAdmin, admin, coordinator] = [somebody(['admin', null]), somebody(['admin', bank]), somebody(['coordinator', bank])];
    expect([cityAdmin, admin, coordinator].map((actor) => mayGrant(actor, 'admin', bank))).toEqual([true, false, false]);
    expect([cityAdmin, admin, coordinator].map((actor) => mayGrant(actor, 'coordinator', bank))).toEqual([true, true, false]);
    expect(mayGrant(admin, 'coordinator', otherBank)).toBe(false);
  });
});

describe("somebody else's sign-in", () => {
  const [cityAdmin, admin, coordinator] = [somebody(['admin', null]), somebody(['admin', bank]), somebody(['coordinator', bank])];
  const may = (person: Actor) => [cityAdmin, admin, coordinator].map((actor) => mayChangeSignIn(actor, person));

  it('is changed only by who could have given every role of that person', () => {
    expect(may(somebody(['volunteer', bank], ['client', bank]))).toEqual([true, true, true]);
    expect(may(somebody(['volunteer', bank], ['auditor', bank]))).toEqual([true, true, false]);
    expect(may(somebody(['volunteer', bank], ['admin', bank]))).toEqual([true, false, false]);
    expect(may(somebody(['volunteer', bank], ['auditor', null]))).toEqual([true, false, false]);
    expect(may(somebody(['volunteer', bank], ['volunteer', otherBank]))).toEqual([true, false, false]);
  });

  it("is one's own to change", () => {
    expect(mayChangeSignIn(coordinator, coordinator)).toBe(true);
  });
});

describe('a person', () => {
  it('is a member only where they were made one', () => {
    const actor = somebody(['admin', null], ['volunteer', bank]);
    expect([memberIn(actor, bank), memberIn(actor, otherBank)]).toEqual(['member of bank', null]);
    expect([isOneself(actor, 'member of bank'), isOneself(actor, 'member of other bank')]).toEqual([true, false]);
  });
});
