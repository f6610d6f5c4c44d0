export { AccessModule } from './access.module';
export type { AccessOptions, PasswordCost } from './access.options';
export {
  actsAs,
  banksOf,
  decide,
  guestHome,
  hasRole,
  isCityAdmin,
  mayChangeSignIn,
  mayGrant,
  memberIn,
  type Actor,
  type ActorRole,
  type Decision,
} from './actor.rules';
export { BanksOfMembers } from './banks-of-members';
export { ChangeOwnPassword, type PasswordChange } from './change-own-password';
export { ChangeSignIn } from './change-sign-in';
export { CityRoles, type CityRole } from './city-roles';
export { CodeSender, type SignInNews } from './code-sender';
export { CreatePerson, type NewPerson } from './create-person';
export { DisablePerson } from './disable-person';
export { FinishReset } from './finish-reset';
export { FirstAdmin } from './first-admin';
export { GrantRole, type RoleOfPerson } from './grant-role';
export { JudgePassword } from './judge-password';
export { deviceDays } from './known-devices';
export { EndSession, ListSessions } from './list-sessions';
export { Locator, type Place, type PlaceKind } from './locator';
export { NoteRoleChange, type RoleChange } from './note-role-change';
export { MoveSignInPhone } from './move-sign-in-phone';
export { OperatorResets, type DeskRole } from './operator-resets';
export { Passwords } from './passwords';
export { PruneSignIns } from './prune-sign-ins';
export { RequestSignInCode } from './request-sign-in-code';
export { RevokeRole } from './revoke-role';
export { Sealer } from './sealer';
export { carriedToken, cookieName, type Carrier } from './session-token.rules';
export { type ActForTwo, askerStands, type ConfirmedAct, SecondPerson } from './second-person';
export { sessionDays, Sessions, type SignedIn } from './sessions';
export { SignIn } from './sign-in';
export { SignInByCode } from './sign-in-by-code';
export { TakeBackAct } from './take-back-act';
export { WhoCalls } from './who-calls';
export { deviceCookieName, networkOf, sourceOf, type SignInSource, unknownSource } from './sign-in-source.rules';
export { SignInTrust } from './sign-in-trust';
export { StartReset } from './start-reset';
