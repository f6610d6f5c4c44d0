import { describe, expect, it } from '@jest/globals';
import { BodyBudget } from './body-budget';

describe('the budget of bodies', () => {
  const open = () => new BodyBudget({ bodyBytes: 100, bodyBytesOfStrangers: 40, bodyBytesOfPerson: 50 });
  const busy = expect.objectContaining({ code: 'service/busy', parameters: { retryAfterSeconds: 1 } });

  it('A1: keeps room for persons whatever strangers and others hold, and takes back once what was given back', () => {
    const budget = open();
    const release = budget.hold(null, 40);
    expect(() => budget.hold(null, 1)).toThrow(busy);
    budget.hold('one', 50);
    expect(() => budget.hold('one', 1)).toThrow(busy);
    budget.hold('other', 10);
    expect(() => budget.hold('third', 1)).toThrow(busy);
    release();
    release();
    expect(budget.heldBytes).toBe(60);
    budget.hold('third', 40);
    expect(() => budget.hold(null, 1)).toThrow(busy);
  });
});
