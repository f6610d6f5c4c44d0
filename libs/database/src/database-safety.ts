import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Whether the application's login is one that row security and grants really bind. */
@Injectable()
export class DatabaseSafety {
  constructor(private readonly dataSource: DataSource) {}

  /** Null when all is well, else what is wrong, for the log: `away`, `superuser`, `bypass_row_security`, `owns_tables`. */
  async problem(): Promise<string | null> {
    try {
      const [row] = await this.dataSource.query<{ super: boolean; bypass: boolean; owns: boolean }[]>(
        `select r.rolsuper as super, r.rolbypassrls as bypass,
                exists (select from pg_class c where c.relowner = r.oid and c.relkind = 'r') as owns
           from pg_roles r where r.rolname = current_user`,
      );
      if (row?.super) return 'superuser';
      if (row?.bypass) return 'bypass_row_security';
      return row?.owns ? 'owns_tables' : null;
    } catch {
      return 'away';
    }
  }
}
