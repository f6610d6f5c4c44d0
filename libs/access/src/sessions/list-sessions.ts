import { Injectable } from '@nestjs/common';
import { type AnswerOf, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Actor } from '../actor.rules';
import { idleSecondsOf } from '../idle.rules';
import { deviceName } from '../sign-in-source.rules';

type Row = { sessionId: string; createdAt: Date; lastUsedAt: Date; userAgent: string | null };

/** The sign-ins of the caller that still work, the one used last first; at most twenty. */
@Injectable()
export class ListSessions {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor): Promise<AnswerOf<'listSessions'>> {
    const rows = await this.unit.glance<Row>(
      `select session_id, created_at, last_used_at, user_agent from session
        where person_id = $1 and expires_at > clock_timestamp() and last_used_at > clock_timestamp() - make_interval(secs => $2)
        order by last_used_at desc, session_id`,
      [actor.personId, idleSecondsOf(actor.roles)],
    );
    const items = rows.map(({ sessionId, createdAt, lastUsedAt, userAgent }) => ({
      sessionId,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      device: deviceName(userAgent),
      current: sessionId === actor.sessionId,
    }));
    return { items };
  }
}

/** Ends one sign-in of the caller's own. Anybody else's is not there: `access/sign_in_not_found`. */
@Injectable()
export class EndSession {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, sessionId: string): Promise<void> {
    const ended = await this.unit.run([], () =>
      this.unit.one('delete from session where session_id = $1 and person_id = $2 returning session_id', [sessionId, actor.personId]),
    );
    if (!ended) throw refuse('access/sign_in_not_found');
  }
}
