/** `bankId: null` on a granted role means the whole city. A proxy may do nothing yet. */
export const roleNames = ['volunteer', 'client', 'proxy', 'coordinator', 'admin', 'auditor'] as const;
export type RoleName = (typeof roleNames)[number];
/** Who may confirm what one person asked for: people with a role in its bank or in the city, or only admins of the city. */
export type ActRole = RoleName | 'city admin';

/**
 * Who may do what. A role counts in the bank it was given for; a city admin counts as admin of every bank,
 * a city auditor as its auditor. Ids inside a permission are checked by the ability.
 */
export const permissions = {
  anyone: 'anyone',
  'signed in': 'signed in',
  /** Coordinator, admin or auditor of any bank or of the city; what they are shown is of those banks alone. */
  staff: 'staff',
  'city.run': ['city admin'],
  'city.read': ['city admin', 'city auditor'],
  'guests.ask': ['volunteer'],
  'guests.read': ['coordinator', 'admin', 'auditor'],
  'clearing.extend': ['admin'],
  'banks.read': ['volunteer', 'client', 'coordinator', 'admin', 'auditor'],
  'banks.change': ['admin'],
  'roles.grant': ['admin'],
  'acts.read': ['coordinator', 'admin', 'auditor'],
  'acts.ask': ['coordinator', 'admin'],
  'policy.read': ['coordinator', 'admin', 'auditor'],
  'policy.change': ['admin'],
  'members.write': ['coordinator', 'admin'],
  'members.read': ['coordinator', 'admin', 'auditor'],
  'members.read_one': ['volunteer', 'client', 'coordinator', 'admin', 'auditor'],
  'members.needs': ['client', 'coordinator', 'admin'],
  'members.see_off': ['admin'],
  'members.relate': ['coordinator'],
  'relations.speak': ['volunteer', 'client', 'coordinator'],
  'cards.issue': ['coordinator'],
  'cards.read': ['coordinator', 'admin', 'auditor'],
  'requests.write': ['client', 'coordinator'],
  'requests.read': ['volunteer', 'client', 'coordinator', 'admin', 'auditor'],
  'candidates.read': ['coordinator', 'admin', 'auditor'],
  'offers.make': ['coordinator'],
  'offers.answer': ['volunteer'],
  'week.read': ['coordinator', 'admin', 'auditor'],
  'series.write': ['client', 'coordinator'],
  'series.read': ['volunteer', 'client', 'coordinator', 'admin', 'auditor'],
  'series.help': ['volunteer', 'coordinator'],
  'courses.read': ['volunteer', 'coordinator', 'admin', 'auditor'],
  'courses.write': ['coordinator', 'admin'],
  'courses.run': ['coordinator'],
  'courses.attend': ['volunteer', 'coordinator'],
  'activities.read': ['volunteer', 'client', 'coordinator', 'admin', 'auditor'],
  'activities.write': ['coordinator', 'admin'],
  'activities.attend': ['volunteer', 'client', 'coordinator'],
  'visits.plan': ['volunteer', 'coordinator'],
  'visits.cancel': ['volunteer', 'client', 'coordinator'],
  'visits.rearrange': ['coordinator'],
  'visits.scan': ['volunteer'],
  'visits.enter': ['coordinator'],
  'visits.read': ['volunteer', 'client', 'coordinator', 'admin', 'auditor'],
  'visits.approve': ['coordinator'],
  'queue.read': ['coordinator', 'admin', 'auditor'],
  'visits.call_back': ['coordinator'],
  'visits.answer': ['client'],
  'calls.ask': ['volunteer', 'client'],
  'appeals.write': ['volunteer'],
  'appeals.read': ['coordinator', 'admin', 'auditor'],
  'appeals.answer': ['coordinator'],
  'letters.read': ['coordinator', 'admin', 'auditor'],
  'letters.answer': ['coordinator'],
  'accounts.read': ['volunteer', 'client', 'coordinator', 'admin', 'auditor'],
  'transfers.write': ['volunteer', 'client', 'admin'],
  'ledger.read': ['admin', 'auditor'],
  'reports.read': ['admin', 'auditor'],
  /** A coordinator only the history of one thing. */
  'audit.read': ['coordinator', 'admin', 'auditor'],
  'grants.run': ['admin'],
  'grants.read': ['admin', 'auditor'],
} as const;

export type PermissionName = keyof typeof permissions;
