import type { RoleName } from '@timebank/contract/client';

/** A role that somebody is to be given or to lose; `city`: in the whole city instead of this bank. */
export type RoleChange = { role: RoleName; give: boolean; city: boolean };
