export { AccessModule } from './access.module';
export type { AccessOptions, PasswordCost } from './access.options';
export {
  actsAs,
  banksOf,
  decide,
  guestHome,
  hasRole,
  isCityAdmin,
  isOneself,
  mayChangeSignIn,
  mayGrant,
  memberIn,
  staffBanksOf,
  standIn,
  type Actor,
  type ActorRole,
  type ProxyRole,
  type Decision,
} from './actor.rules';
export { BanksOfMembers } from './roles/banks-of-members';
export { ChangeOwnPassword, type PasswordChange } from './sign-in/change-own-password';
export { ChangeSignIn } from './sign-in/change-sign-in';
export { CityRoles, type CityRole } from './roles/city-roles';
export { CodeSender, type SignInNews } from './codes/code-sender';
export { CreatePeople } from './people/create-people';
export { CreatePerson, type NewPerson } from './people/create-person';
export { DisablePerson } from './people/disable-person';
export { FinishReset } from './resets/finish-reset';
export { FirstAdmin } from './people/first-admin';
export { GrantRole, type RoleOfPerson } from './roles/grant-role';
export { JudgePassword } from './passwords/judge-password';
export { deviceDays } from './known-devices';
export { LastSignIn } from './sessions/last-sign-in';
export { EndSession, ListSessions } from './sessions/list-sessions';
export { Locator, type Place, type PlaceKind } from './locator';
export { NoteRoleChange, type RoleChange } from './roles/note-role-change';
export { MoveSignInPhone } from './resets/move-sign-in-phone';
export { OperatorResets, type DeskRole } from './resets/operator-resets';
export { Passwords } from './passwords/passwords';
export { ProxyRoles } from './roles/proxy-roles';
export { ProvePhone } from './sign-in/prove-phone';
export { PruneSignIns } from './sessions/prune-sign-ins';
export { RequestSignInCode } from './sign-in/request-sign-in-code';
export { RevokeRole } from './roles/revoke-role';
export { Sealer } from './sealer';
export { carriedToken, cookieName, type Carrier } from './session-token.rules';
export { type ActForTwo, askerStands, type ConfirmedAct, SecondPerson } from './second-person/second-person';
export { sessionDays, Sessions, type SignedIn } from './sessions/sessions';
export { SignIn } from './sign-in/sign-in';
export { SignInByCode } from './sign-in/sign-in-by-code';
export { TakeBackAct } from './second-person/take-back-act';
export { WhoCalls } from './sessions/who-calls';
export { deviceCookieName, networkOf, sourceOf, type SignInSource, unknownSource } from './sign-in-source.rules';
export { SignInTrust } from './sign-in/sign-in-trust';
export { TellByText } from './codes/tell-by-text';
export { StartReset } from './resets/start-reset';
