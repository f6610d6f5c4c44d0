/** The name of a person at the bank of visit `v`, member or guest; null for nobody, a rule, or somebody of the city. */
export const nameOf = (person: string) => `(select p.name from helper p where p.bank_id = v.bank_id and p.person_id = ${person})`;

/** The same of somebody who may have acted for the client, and be no member. */
export const clientSideNameOf = (person: string) => `coalesce(${nameOf(person)}, proxy_named(v.bank_id, ${person}))`;

/** The client's name where it was not the client who acted on their side; null where it was. */
export const actedForName = (person: string) =>
  `(select c.name from member c where c.bank_id = v.bank_id and c.member_id = v.client_id and c.person_id <> ${person})`;
