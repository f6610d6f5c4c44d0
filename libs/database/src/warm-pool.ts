import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';

/** Every connection of the unit of work, opened before anybody asks: a new one is a process of the server and a proof of the password, and a burst waited for eight. */
@Injectable()
export class WarmPool {
  constructor(private readonly dataSource: DataSource) {}

  /** How many are open now. A server that gives fewer is no reason to serve nobody: whoever needs one asks again. */
  async run(): Promise<number> {
    const { master } = this.dataSource.driver as unknown as { master: Pool };
    const asked = await Promise.allSettled(Array.from({ length: master.options.max }, () => master.connect()));
    const opened = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    for (const client of opened) client.release();
    return opened.length;
  }
}
