import { Controller } from '@nestjs/common';
import { type Actor, CityRoles, type CityRole } from '@timebank/access';
import type { AnswerOf, GrantedRole, InputOf, RoleName, Stored, Waiting } from '@timebank/contract';
import { BankRoles } from '@timebank/members';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Who may do what, in a bank and in the city. */
@Controller()
export class RolesController {
  constructor(
    private readonly bankRoles: BankRoles,
    private readonly cityRoles: CityRoles,
  ) {}

  @Endpoint('putCoordinator')
  putCoordinator(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCoordinator'>): Promise<Stored<GrantedRole> | Waiting> {
    return this.bankRoles.put(caller, params.bankId, params.memberId, 'coordinator', body);
  }

  @Endpoint('putRole')
  putRole(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putRole'>): Promise<Stored<GrantedRole> | Waiting> {
    return this.bankRoles.put(caller, params.bankId, params.memberId, params.role as RoleName, body);
  }

  @Endpoint('deleteRole')
  async deleteRole(@Caller() caller: Actor, @Input() { params, body }: InputOf<'deleteRole'>): Promise<AnswerOf<'deleteRole'>> {
    await this.bankRoles.delete(caller, params.bankId, params.memberId, params.role as RoleName, body);
    return { done: true };
  }

  @Endpoint('putCityRole')
  putCityRole(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCityRole'>): Promise<Stored<GrantedRole>> {
    return this.cityRoles.put(caller, params.memberId, params.role as CityRole, body);
  }

  @Endpoint('deleteCityRole')
  async deleteCityRole(@Caller() caller: Actor, @Input() { params, body }: InputOf<'deleteCityRole'>): Promise<AnswerOf<'deleteCityRole'>> {
    await this.cityRoles.delete(caller, params.memberId, params.role as CityRole, body);
    return { done: true };
  }
}
