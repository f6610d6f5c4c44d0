import { randomInt } from 'node:crypto';
import people from './people.json' with { type: 'json' };

/** Somebody to sign in as; `title` says who they are in the city. */
export type DemoPerson = { phone: string; password: string; title: string };

/** A person as `people.json` describes them; people with a title can sign in. */
export type DescribedPerson = {
  name: string;
  birthDate: string;
  phone?: string;
  title?: string;
  qualification?: string;
  place?: string;
  circumstances?: string[];
};
export type DescribedBank = {
  name: string;
  phone: string;
  staff: { coordinator: DescribedPerson; second: DescribedPerson; admin: DescribedPerson; auditor?: DescribedPerson };
  volunteers: DescribedPerson[];
  clients: DescribedPerson[];
};

export const cityAdmin: { phone: string; title: string } = people.cityAdmin;
export const describedBanks: readonly DescribedBank[] = people.banks;
export const notes: readonly string[] = people.notes;

const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Ten characters that nobody confuses, about 49 random bits; new for every installation. */
export function makePassword(): string {
  return Array.from({ length: 10 }, () => readable[randomInt(readable.length)]).join('');
}

/** Passwords for those who can sign in, by phone. */
export class SignIns {
  private readonly people: DemoPerson[] = [];

  add(described: { phone?: string; title?: string }): string | undefined {
    const { phone, title } = described;
    if (phone === undefined || title === undefined) return undefined;
    const password = makePassword();
    this.people.push({ phone, password, title });
    return password;
  }

  /** In the order in which they were asked for. */
  list(): DemoPerson[] {
    return [...this.people];
  }
}
