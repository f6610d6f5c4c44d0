import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type RefusalCode, refuse } from '@timebank/contract';
import { CLOCK, UnitOfWork } from '@timebank/database';
import type { Clock } from '@timebank/kernel';
import type { Actor, ActorRole, ProxyRole } from '../actor.rules';
import { idleSecondsOf } from '../idle.rules';
import { KnownDevices } from '../known-devices';
import { type SignInSource, unknownSource } from '../sign-in-source.rules';

/** A new sign-in. Both tokens are shown once and kept only as hashes. The browser keeps `device`. */
export type OpenedSession = { token: string; device: string };
/** What a successful sign-in returns. */
export type SignedIn = OpenedSession & { actor: Actor };

export const sessionDays = 30;
/** With more sign-ins, a person's oldest ends. */
const mostSessions = 20;
/** A use is written down when the last one is so long ago, in seconds: not at every call. */
const secondsBetweenUses = 60;

const hashOfToken = (token: string) => createHash('sha256').update(token).digest();

type ActorLine = Omit<ActorRole, 'role'> & {
  personId: string;
  sessionId: string;
  idleSeconds: number;
  role: ActorRole['role'] | null;
  proxies: ProxyRole[] | null;
};

/**
 * Sign-ins with opaque tokens of 32 random bytes. They end after 30 days of real time, when they lie idle (`idle.rules.ts`), on sign-out, when the
 * person is barred, or as the oldest of more than twenty.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly devices: KnownDevices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Inside a unit. It locks the person's row, so that nobody is barred in between and simultaneous sign-ins are counted; a barred person is refused.
   */
  async open(personId: string, source: SignInSource = unknownSource): Promise<OpenedSession> {
    const token = randomBytes(32).toString('base64url');
    const held = await this.unit.one('select from person where person_id = $1 and disabled_at is null for no key update', [personId]);
    if (!held) throw refuse('access/wrong_credentials');
    await this.unit.query(
      `insert into session (token_hash, person_id, created_at, last_used_at, expires_at, user_agent, before_xid, before_at)
       select $1, $2, clock_timestamp(), clock_timestamp(), clock_timestamp() + interval '${sessionDays} days', $3, before.signed_in_xid, before.last_used_at
         from (select) one left join lateral (select signed_in_xid, last_used_at from known_device
           where person_id = $2 and signed_in_xid is not null order by last_used_at desc limit 1) before on true`,
      [hashOfToken(token), personId, source.userAgent],
    );
    await this.unit.query(
      `delete from session where person_id = $1 and (expires_at < clock_timestamp() or token_hash in
         (select token_hash from session where person_id = $1 order by created_at desc, token_hash offset ${mostSessions}))`,
      [personId],
    );
    return { token, device: await this.devices.remember(personId, source.device) };
  }

  /** After the unit that opened it: with the person's roles. Refuses with the given code when nothing was opened. */
  async signedIn(opened: OpenedSession | null, otherwise: RefusalCode): Promise<SignedIn> {
    const actor = opened === null ? null : await this.actor(opened.token);
    if (opened === null || actor === null) throw refuse(otherwise);
    return { ...opened, actor };
  }

  /** Whose token it is, with all roles and all that they may do for others, in one statement; null when it is unknown or ended, or its person is barred. Every call runs it. */
  async actor(token: string): Promise<Actor | null> {
    const lines = await this.unit.glance<ActorLine>(
      `select session.person_id, session.session_id, extract(epoch from clock_timestamp() - session.last_used_at)::int as idle_seconds,
          role.role, role.bank_id, role.member_id, role.home_bank_id, acts.proxies
         from session
         join person on person.person_id = session.person_id and person.disabled_at is null
         left join role on role.person_id = session.person_id
         left join lateral (select json_agg(json_build_object('bankId', p.bank_id, 'clientId', p.client_id, 'scope', p.scope)) as proxies
           from proxy_role p where p.person_id = session.person_id and p.ends_at > $2) acts on true
        where session.token_hash = $1 and session.expires_at > clock_timestamp()
        order by role.granted_at`,
      [hashOfToken(token), this.clock.now()],
    );
    const [first] = lines;
    if (!first) return null;
    const roles = lines.flatMap(({ role, bankId, memberId, homeBankId }) =>
      role === null ? [] : [{ role, bankId, memberId, ...(homeBankId ? { homeBankId } : {}) }],
    );
    const { personId, sessionId, idleSeconds } = first;
    const proxies = first.proxies ?? [];
    if (idleSeconds > idleSecondsOf(roles)) return null;
    if (idleSeconds > secondsBetweenUses) await this.use(sessionId);
    const banks = [...new Set(proxies.map(({ bankId }) => bankId))];
    const acting = banks.map((bankId) => ({ role: 'proxy' as const, bankId, memberId: null }));
    return { personId, sessionId, roles: [...roles, ...acting], ...(proxies.length > 0 ? { proxies } : {}) };
  }

  async end(token: string): Promise<void> {
    await this.unit.run([], () => this.unit.query('delete from session where token_hash = $1', [hashOfToken(token)]));
  }

  /** Every sign-in of a person on every device, except the one given. */
  async endAll(personId: string, exceptSessionId: string | null = null): Promise<void> {
    await this.unit.run([], () =>
      this.unit.query('delete from session where person_id = $1 and session_id is distinct from $2', [personId, exceptSessionId]),
    );
  }

  private async use(sessionId: string): Promise<void> {
    await this.unit.run([], () =>
      this.unit.query('update session set last_used_at = clock_timestamp() where session_id = $1', [sessionId]),
    );
  }
}
