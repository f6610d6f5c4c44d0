import { type Circumstance, type ImportField, type Language, wordFor } from '@timebank/contract';

export type ExportedMember = {
  memberId: string;
  memberNumber: string;
  name: string;
  birthDate: string;
  roles: ('volunteer' | 'client')[];
  phone: string | null;
  homeAddress: string | null;
  gender: 'woman' | 'man' | null;
  circumstances: Circumstance[];
  helperWish: 'woman' | 'man' | null;
};

/** The columns of a list of members: those that a file of members may have. */
export const memberFields = [
  'number',
  'name',
  'birthDate',
  'roles',
  'phone',
  'homeAddress',
  'gender',
  'circumstances',
  'helperWish',
] as const satisfies ImportField[];

/** The list of members in words, or for a program in codes: brought in again, either changes nothing. */
export function memberTable(language: Language | null): { heads: string[]; row(member: ExportedMember): string[] } {
  const word = (section: 'roles' | 'genders' | 'circumstances', code: string) =>
    language === null ? code : wordFor(language, section, code);
  const words = (section: 'roles' | 'circumstances', codes: readonly string[]) =>
    codes
      .toSorted()
      .map((code) => word(section, code))
      .join('; ');
  return {
    heads: memberFields.map((field) => (language === null ? field : wordFor(language, 'importFields', field))),
    row: ({ memberNumber, name, birthDate, roles, phone, homeAddress, gender, circumstances, helperWish }) => [
      memberNumber,
      name,
      birthDate,
      words('roles', roles),
      phone ?? '',
      homeAddress ?? '',
      gender === null ? '' : word('genders', gender),
      words('circumstances', circumstances),
      helperWish === null ? '' : word('genders', helperWish),
    ],
  };
}
