import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RoleChangeRow } from './roles/role-change.entity';
import { SignInActRow } from './resets/sign-in-act.entity';
import { ACCESS_OPTIONS, type AccessOptions } from './access.options';
import { BanksOfMembers } from './roles/banks-of-members';
import { ChangeOwnPassword, SetOwnPassword } from './sign-in/change-own-password';
import { ChangeSignIn } from './sign-in/change-sign-in';
import { CityRoles } from './roles/city-roles';
import { CodeBudgets } from './codes/code-budgets';
import { CodeSender, HttpCodeSender, LogCodeSender } from './codes/code-sender';
import { CreatePeople } from './people/create-people';
import { CreatePerson } from './people/create-person';
import { CodeStrategy, PasswordStrategy } from './sign-in/credential.strategies';
import { DisablePerson } from './people/disable-person';
import { FinishReset, ResetEffects } from './resets/finish-reset';
import { FirstAdmin } from './people/first-admin';
import { GrantRole } from './roles/grant-role';
import { JudgePassword } from './passwords/judge-password';
import { KnownDevices } from './known-devices';
import { LastSignIn } from './sessions/last-sign-in';
import { EndSession, ListSessions } from './sessions/list-sessions';
import { Locator } from './locator';
import { NoteRoleChange } from './roles/note-role-change';
import { MoveSignInPhone } from './resets/move-sign-in-phone';
import { OneTimeCodes } from './codes/one-time-codes';
import { OperatorResets } from './resets/operator-resets';
import { Passwords } from './passwords/passwords';
import { ProxyRoles } from './roles/proxy-roles';
import { ProvePhone } from './sign-in/prove-phone';
import { PruneSignIns } from './sessions/prune-sign-ins';
import { RequestSignInCode } from './sign-in/request-sign-in-code';
import { RevokeRole } from './roles/revoke-role';
import { SecondPerson } from './second-person/second-person';
import { Sealer } from './sealer';
import { SessionStrategy } from './sessions/session.strategy';
import { Sessions } from './sessions/sessions';
import { SignIn } from './sign-in/sign-in';
import { SignInByCode } from './sign-in/sign-in-by-code';
import { SignInLimit } from './sign-in-limit';
import { TakeBackAct } from './second-person/take-back-act';
import { WaitingActRow } from './second-person/waiting-act.entity';
import { WhoCalls } from './sessions/who-calls';
import { SignInTrust } from './sign-in/sign-in-trust';
import { StartReset } from './resets/start-reset';
import { TellByText } from './codes/tell-by-text';

const abilities = [
  BanksOfMembers,
  ChangeOwnPassword,
  ChangeSignIn,
  CityRoles,
  CreatePeople,
  CreatePerson,
  DisablePerson,
  EndSession,
  FinishReset,
  FirstAdmin,
  GrantRole,
  JudgePassword,
  LastSignIn,
  ListSessions,
  Locator,
  NoteRoleChange,
  MoveSignInPhone,
  OperatorResets,
  Passwords,
  ProxyRoles,
  ProvePhone,
  PruneSignIns,
  RequestSignInCode,
  RevokeRole,
  Sealer,
  SecondPerson,
  Sessions,
  SignIn,
  SignInByCode,
  TakeBackAct,
  WhoCalls,
  SignInTrust,
  StartReset,
  TellByText,
];

/** Persons, their sign-ins and their roles. Global: every room asks it. */
@Module({})
export class AccessModule {
  static forRoot(options: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      imports: [TypeOrmModule.forFeature([RoleChangeRow, SignInActRow, WaitingActRow])],
      global: true,
      providers: [
        { provide: ACCESS_OPTIONS, useValue: options },
        { provide: CodeSender, useClass: options.codeService ? HttpCodeSender : LogCodeSender },
        CodeBudgets,
        KnownDevices,
        OneTimeCodes,
        ResetEffects,
        SetOwnPassword,
        SignInLimit,
        ...abilities,
        SessionStrategy,
        PasswordStrategy,
        CodeStrategy,
      ],
      exports: abilities,
    };
  }
}
