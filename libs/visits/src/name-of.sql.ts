/** The name of a person at the bank of visit `v`, member or guest; null for nobody, a rule, or somebody of the city. */
export const nameOf = (person: string) => `(select p.name from helper p where p.bank_id = v.bank_id and p.person_id = ${person})`;
