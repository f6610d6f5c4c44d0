import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { newId } from '@timebank/kernel';
import { openRooms, type TestRooms } from '@timebank/testing';
import {
  AccessModule,
  CreatePerson,
  DisablePerson,
  FirstAdmin,
  GrantRole,
  Passwords,
  PruneSignIns,
  Sessions,
  SignIn,
  unknownSource,
} from '@timebank/access';

const password = 'correct horse battery';
let lastPhone = 13_800_000_000;

describe('signing in by password', () => {
  let rooms: TestRooms;
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) })]);
  });
  afterAll(() => rooms.close());

  it('forgets sign-ins that have ended, and no others', async () => {
    const personId = newId();
    await rooms.database.query(`insert into person (person_id, created_at) values ($1, now())`, [personId]);
    await rooms.database.query(
      `insert into session (token_hash, person_id, created_at, expires_at) values ('\\x01', $1, now(), now() - interval '1 minute'), ('\\x02', $1, now(), now() + interval '1 minute')`,
      [personId],
    );
    await rooms.get(PruneSignIns).run();
    const left = await rooms.database.query<{ token_hash: Buffer }>('select token_hash from session where person_id = $1', [personId]);
    expect(left.map((row) => row.token_hash.toString('hex'))).toEqual(['02']);
  });

  async function somebody(): Promise<{ personId: string; phone: string }> {
    lastPhone += 1;
    const person = { personId: newId(), phone: String(lastPhone) };
    const passwordHash = await rooms.get(Passwords).hash(password);
    const unitless = await rooms.get(CreatePerson).run({ personId: person.personId, signInPhone: person.phone, passwordHash });
    expect(unitless).toBe('created');
    return person;
  }
  const signIn = (phone: string, given = password) => rooms.get(SignIn).run({ phone, password: given });
  const refusalOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'signed in',
      (refusal: { code: string }) => refusal.code,
    );

  it('gives a token that says who the person is, and keeps only its hash', async () => {
    const { personId, phone } = await somebody();
    const { token } = await signIn(phone);
    expect(await rooms.get(Sessions).actor(token)).toEqual({ personId, sessionId: expect.any(String), roles: [] });
    const rows = await rooms.database.query<{ kept: string }>(
      `select encode(token_hash, 'base64') as kept from session where person_id = $1`,
      [personId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.kept).not.toContain(token);
  });

  it('costs whoever guesses passwords from a stolen table 19 MiB and two passes for each', async () => {
    expect(await rooms.get(Passwords).hash(password)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('E4: opens by the same letters from every keyboard, also what was hashed as it was typed', async () => {
    const [composed, apart] = ['Zo\u00eb und Am\u00e9lie', 'Zoe\u0308 und Ame\u0301lie'];
    for (const kept of [composed, apart, '\uff3a\u00f6e und \uff21nna']) {
      const { personId, phone } = await somebody();
      await rooms.database.query('update person set password_hash = $2 where person_id = $1', [personId, await hash(kept)]);
      expect((await signIn(phone, kept)).actor.personId).toBe(personId);
      if (kept !== composed && kept !== apart) continue;
      for (const typed of [composed, apart]) expect((await signIn(phone, typed)).actor.personId).toBe(personId);
    }
  });

  it('answers a wrong password, an unknown phone and a barred person alike', async () => {
    const { personId, phone } = await somebody();
    const wrong = await refusalOf(signIn(phone, 'wrong password'));
    const unknown = await refusalOf(signIn('13999999999'));
    await rooms.get(DisablePerson).run(personId, true);
    const barred = await refusalOf(signIn(phone));
    expect([wrong, unknown, barred]).toEqual(Array(3).fill('access/wrong_credentials'));
  });

  it('bars a person at once and lets them in again', async () => {
    const { personId, phone } = await somebody();
    const { token } = await signIn(phone);
    await rooms.get(DisablePerson).run(personId, true);
    expect(await rooms.get(Sessions).actor(token)).toBeNull();
    await rooms.get(DisablePerson).run(personId, false);
    expect(await rooms.get(Sessions).actor(token)).toBeNull();
    expect(await refusalOf(signIn(phone))).toBe('signed in');
  });

  it("ends one sign-in, or all of a person and nobody else's", async () => {
    const [one, other] = [await somebody(), await somebody()];
    const sessions = rooms.get(Sessions);
    const [first, second, third, stranger] = [
      await signIn(one.phone),
      await signIn(one.phone),
      await signIn(one.phone),
      await signIn(other.phone),
    ];
    await sessions.end(first.token);
    expect(await sessions.actor(first.token)).toBeNull();
    expect(await sessions.actor(second.token)).not.toBeNull();
    await sessions.endAll(one.personId);
    expect([await sessions.actor(second.token), await sessions.actor(third.token)]).toEqual([null, null]);
    expect(await sessions.actor(stranger.token)).not.toBeNull();
  });

  it('forgets a token after its thirty days', async () => {
    const { personId, phone } = await somebody();
    const { token } = await signIn(phone);
    await rooms.database.query(`update session set expires_at = now() where person_id = $1`, [personId]);
    expect(await rooms.get(Sessions).actor(token)).toBeNull();
  });

  it('lets ten failures of a phone through and refuses the eleventh attempt, even a right one', async () => {
    const { phone } = await somebody();
    for (let failure = 0; failure < 10; failure += 1)
      expect(await refusalOf(signIn(phone, 'wrong password'))).toBe('access/wrong_credentials');
    await expect(signIn(phone)).rejects.toMatchObject({
      code: 'access/too_many_attempts',
      parameters: { retryAfterSeconds: expect.any(Number) },
    });
    await rooms.database.query(`update sign_in_failure set failed_at = failed_at - interval '15 minutes' where phone = $1`, [phone]);
    expect(await refusalOf(signIn(phone))).toBe('signed in');
  });

  it('lets parallel guesses learn no more than ten answers', async () => {
    const { phone } = await somebody();
    const answers = await Promise.all(Array.from({ length: 24 }, () => refusalOf(signIn(phone, 'wrong password'))));
    expect(answers.filter((answer) => answer === 'access/wrong_credentials')).toHaveLength(10);
    expect(answers.filter((answer) => answer === 'access/too_many_attempts')).toHaveLength(14);
  });

  it('does not count right sign-ins, however many at once', async () => {
    const { phone } = await somebody();
    const answers = await Promise.all(Array.from({ length: 14 }, () => refusalOf(signIn(phone))));
    expect(new Set(answers)).toEqual(new Set(['signed in']));
  });

  it('refuses a second person with the same sign-in phone, and repeats the same person', async () => {
    const { personId, phone } = await somebody();
    const create = (id: string) => rooms.get(CreatePerson).run({ personId: id, signInPhone: phone, passwordHash: null });
    expect(await create(personId)).toBe('exists');
    expect(await create(newId())).toBe('phone_in_use');
  });

  it('makes the first city admin once, and nobody after that', async () => {
    const first = { phone: '13700000001', password };
    const made = await Promise.all([rooms.get(FirstAdmin).run(first), rooms.get(FirstAdmin).run({ ...first, phone: '13700000002' })]);
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await rooms.get(FirstAdmin).run({ ...first, phone: '13700000003' })).toBe(false);
    const phone = made[0] ? '13700000001' : '13700000002';
    const { actor } = await signIn(phone);
    expect(actor.roles).toEqual([{ role: 'admin', bankId: null, memberId: null }]);
  });

  it('B7: lets ten wrong tries shut the door for the address that they come from alone', async () => {
    const { phone } = await somebody();
    const from = (address: string, given: string) =>
      refusalOf(rooms.get(SignIn).run({ phone, password: given }, { ...unknownSource, address }));
    for (let failure = 0; failure < 10; failure += 1) await from('198.51.100.7', 'wrong password');
    expect(await from('198.51.100.7', password)).toBe('access/too_many_attempts');
    expect(await from('2001:db8:1:2::9', password)).toBe('signed in');
  });

  it('B7: spares a browser that the person has signed in with, whatever strangers try, and counts it alone', async () => {
    const { phone, personId } = await somebody();
    const source = { ...unknownSource, address: '203.0.113.20' };
    const { device } = await rooms.get(SignIn).run({ phone, password }, source);
    await rooms.database.query(
      `insert into sign_in_failure (failure_id, phone, way, place_hash, is_known, failed_at)
       select gen_random_uuid(), $1, 'password', decode(lpad(to_hex(n), 64, '0'), 'hex'), false, now() from generate_series(1, 100) n`,
      [phone],
    );
    const blocked = rooms.get(SignIn).run({ phone, password }, source);
    await expect(blocked).rejects.toMatchObject({ code: 'access/too_many_attempts', parameters: { otherWay: 'code' } });
    expect(await refusalOf(rooms.get(SignIn).run({ phone, password }, { ...source, device }))).toBe('signed in');
    const stranger = await somebody();
    await rooms.get(SignIn).run({ phone: stranger.phone, password }, { ...source, device: null });
    const [row] = await rooms.database.query<{ devices: number }>(
      'select count(*)::int as devices from known_device where person_id = $1',
      [personId],
    );
    expect(row?.devices).toBe(1);
    for (let failure = 0; failure < 10; failure += 1)
      await refusalOf(rooms.get(SignIn).run({ phone, password: 'wrong password' }, { ...source, device }));
    expect(await refusalOf(rooms.get(SignIn).run({ phone, password }, { ...source, device }))).toBe('access/too_many_attempts');
  });

  it('A4: keeps twenty sign-ins of a person and ends the oldest', async () => {
    const { phone } = await somebody();
    const tokens: string[] = [];
    for (let turn = 0; turn < 21; turn += 1) tokens.push((await signIn(phone)).token);
    const stands = await Promise.all(tokens.map((token) => rooms.get(Sessions).actor(token)));
    expect(stands.map((actor) => actor !== null)).toEqual([false, ...Array<boolean>(20).fill(true)]);
  });

  it('B6: ends a sign-in that lies idle, at a desk within a working day', async () => {
    const { phone, personId } = await somebody();
    const idle = async (hours: number) => {
      const { token } = await signIn(phone);
      await rooms.database.query(`update session set last_used_at = now() - make_interval(hours => $2) where person_id = $1`, [
        personId,
        hours,
      ]);
      return (await rooms.get(Sessions).actor(token)) !== null;
    };
    expect([await idle(9), await idle(14 * 24), await idle(15 * 24 + 1)]).toEqual([true, true, false]);
    await rooms.get(GrantRole).run({ personId, bankId: newId(), role: 'coordinator', memberId: null });
    expect([await idle(7), await idle(9)]).toEqual([true, false]);
  });

  it('B6: goes on being used: a call puts the idle end off', async () => {
    const { phone, personId } = await somebody();
    const { token } = await signIn(phone);
    await rooms.database.query(`update session set last_used_at = now() - interval '3 days' where person_id = $1`, [personId]);
    await rooms.get(Sessions).actor(token);
    const [row] = await rooms.database.query<{ idle: number }>(
      'select extract(epoch from clock_timestamp() - last_used_at)::int as idle from session where person_id = $1',
      [personId],
    );
    expect(row?.idle).toBeLessThan(3_600);
  });
});
