import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { memberNamesSql, personNamesSql } from './integrity.sql';

type Names = (id: string) => string | null;

/** Names of a bank's people, in the caller's unit; null for somebody of the city. */
@Injectable()
export class NamePeople {
  constructor(private readonly unit: UnitOfWork) {}

  members(bankId: string, ids: readonly string[]): Promise<Names> {
    return this.names(memberNamesSql, bankId, ids);
  }

  persons(bankId: string, ids: readonly string[]): Promise<Names> {
    return this.names(personNamesSql, bankId, ids);
  }

  private async names(sql: string, bankId: string, ids: readonly string[]): Promise<Names> {
    const rows = await this.unit.query<{ id: string; name: string }>(sql, [bankId, [...new Set(ids)]]);
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    return (id) => names.get(id) ?? null;
  }
}
