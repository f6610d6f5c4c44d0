import { Controller } from '@nestjs/common';
import { type Actor, CityRoles, type CityRole } from '@timebank/access';
import type { AnswerOf, GrantedRole, InputOf, RoleName, Stored } from '@timebank/contract';
import { BankRoles } from '@timebank/members';
import { Caller, Endpoint, Input } from './http/endpoint';

/** Who may do what, in a bank and in the city. */
@Controller()
export class RolesController {
  constructor(
    private readonly bankRoles: BankRoles,
    private readonly cityRoles: CityRoles,
  ) {}

  @Endpoint('putCoordinator')
  putCoordinator(@Caller() caller: Actor, @Input() { params }: InputOf<'putCoordinator'>): Promise<Stored<GrantedRole>> {
    return this.bankRoles.put(caller, params.bankId, params.memberId, 'coordinator');
  }

  @Endpoint('putRole')
  putRole(@Caller() caller: Actor, @Input() { params }: InputOf<'putRole'>): Promise<Stored<GrantedRole>> {
    return this.bankRoles.put(caller, params.bankId, params.memberId, params.role as RoleName);
  }

  @Endpoint('deleteRole')
  async deleteRole(@Caller() caller: Actor, @Input() { params }: InputOf<'deleteRole'>): Promise<AnswerOf<'deleteRole'>> {
    await this.bankRoles.delete(caller, params.bankId, params.memberId, params.role as RoleName);
    return { done: true };
  }

  @Endpoint('putCityRole')
  putCityRole(@Input() { params }: InputOf<'putCityRole'>): Promise<Stored<GrantedRole>> {
    return this.cityRoles.put(params.memberId, params.role as CityRole);
  }

  @Endpoint('deleteCityRole')
  async deleteCityRole(@Input() { params }: InputOf<'deleteCityRole'>): Promise<AnswerOf<'deleteCityRole'>> {
    await this.cityRoles.delete(params.memberId, params.role as CityRole);
    return { done: true };
  }
}
