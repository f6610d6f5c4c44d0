import { describe, expect, it } from '@jest/globals';
import { type Column, hiddenAfter, orderAfter, shownColumns } from './columns';

const columns: Column<string>[] = [
  { key: 'name', title: 'Name', text: String, names: true },
  { key: 'phone', title: 'Phone', text: String },
  { key: 'roles', title: 'Roles', text: String },
];
const keys = (hidden: string) => shownColumns(columns, hidden).map(({ key }) => key);

describe('the columns of a list', () => {
  it('are all shown, but those that the address hides; the name of a row is always there', () => {
    expect(keys('')).toEqual(['name', 'phone', 'roles']);
    expect(keys('phone')).toEqual(['name', 'roles']);
    expect(keys('name,phone,roles,unknown')).toEqual(['name']);
  });

  it('are switched one by one', () => {
    expect(hiddenAfter('', 'phone')).toBe('phone');
    expect(hiddenAfter('phone', 'roles')).toBe('phone,roles');
    expect(hiddenAfter('phone,roles', 'phone')).toBe('roles');
  });

  it('ask for their order when the head is pressed, and for the other way when pressed again', () => {
    expect(orderAfter(['newest', 'oldest'], 'next')).toBe('newest');
    expect(orderAfter(['newest', 'oldest'], 'newest')).toBe('oldest');
    expect(orderAfter(['newest', 'oldest'], 'oldest')).toBe('newest');
    expect(orderAfter(['name'], 'name')).toBe('name');
  });
});
