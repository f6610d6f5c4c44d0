import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ACCESS_OPTIONS, type AccessOptions } from './access.options';
import { BanksOfMembers } from './banks-of-members';
import { ChangeSignIn } from './change-sign-in';
import { CityRoles } from './city-roles';
import { CodeSender, LogCodeSender } from './code-sender';
import { CreatePerson } from './create-person';
import { CodeStrategy, PasswordStrategy } from './credential.strategies';
import { DisablePerson } from './disable-person';
import { FirstAdmin } from './first-admin';
import { GrantRole } from './grant-role';
import { Locator } from './locator';
import { NoteRoleChange } from './note-role-change';
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

const abilities = [
  BanksOfMembers,
  ChangeSignIn,
  CityRoles,
  CreatePerson,
  DisablePerson,
  FirstAdmin,
  GrantRole,
  Locator,
  NoteRoleChange,
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
];

/** Persons, their sign-ins and their roles. Global: every room asks it. */
@Module({})
export class AccessModule {
  static forRoot(options: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      imports: [TypeOrmModule.forFeature([WaitingActRow])],
      global: true,
      providers: [
        { provide: ACCESS_OPTIONS, useValue: options },
        { provide: CodeSender, useClass: LogCodeSender },
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
