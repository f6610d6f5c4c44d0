import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RoleChangeRow } from './role-change.entity';
import { SignInActRow } from './sign-in-act.entity';
import { ACCESS_OPTIONS, type AccessOptions } from './access.options';
import { BanksOfMembers } from './banks-of-members';
import { ChangeOwnPassword, SetOwnPassword } from './change-own-password';
import { ChangeSignIn } from './change-sign-in';
import { CityRoles } from './city-roles';
import { CodeBudgets } from './code-budgets';
import { CodeSender, HttpCodeSender, LogCodeSender } from './code-sender';
import { CreatePerson } from './create-person';
import { CodeStrategy, PasswordStrategy } from './credential.strategies';
import { DisablePerson } from './disable-person';
import { FinishReset, ResetEffects } from './finish-reset';
import { FirstAdmin } from './first-admin';
import { GrantRole } from './grant-role';
import { JudgePassword } from './judge-password';
import { KnownDevices } from './known-devices';
import { EndSession, ListSessions } from './list-sessions';
import { Locator } from './locator';
import { NoteRoleChange } from './note-role-change';
import { MoveSignInPhone } from './move-sign-in-phone';
import { OneTimeCodes } from './one-time-codes';
import { OperatorResets } from './operator-resets';
import { Passwords } from './passwords';
import { PruneSignIns } from './prune-sign-ins';
import { RequestSignInCode } from './request-sign-in-code';
import { RevokeRole } from './revoke-role';
import { SecondPerson } from './second-person';
import { Sealer } from './sealer';
import { SessionStrategy } from './session.strategy';
import { Sessions } from './sessions';
import { SignIn } from './sign-in';
import { SignInByCode } from './sign-in-by-code';
import { SignInLimit } from './sign-in-limit';
import { TakeBackAct } from './take-back-act';
import { WaitingActRow } from './waiting-act.entity';
import { WhoCalls } from './who-calls';
import { SignInTrust } from './sign-in-trust';
import { StartReset } from './start-reset';
import { TellByText } from './tell-by-text';

const abilities = [
  BanksOfMembers,
  ChangeOwnPassword,
  ChangeSignIn,
  CityRoles,
  CreatePerson,
  DisablePerson,
  EndSession,
  FinishReset,
  FirstAdmin,
  GrantRole,
  JudgePassword,
  ListSessions,
  Locator,
  NoteRoleChange,
  MoveSignInPhone,
  OperatorResets,
  Passwords,
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
        TellByText,
        ...abilities,
        SessionStrategy,
        PasswordStrategy,
        CodeStrategy,
      ],
      exports: abilities,
    };
  }
}
