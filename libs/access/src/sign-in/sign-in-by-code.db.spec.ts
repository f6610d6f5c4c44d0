import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, type TestRooms } from '@timebank/testing';
import { AccessModule, CodeSender, CreatePerson, DisablePerson, RequestSignInCode, SignInByCode } from '@timebank/access';
import { SignInLimit } from '../sign-in-limit';

let lastPhone = 13_300_000_000;

describe('signing in by one-time code', () => {
  let rooms: TestRooms;
  const sent = new Map<string, string>();
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) })]);
    jest.spyOn(rooms.get(CodeSender as never) as CodeSender, 'send').mockImplementation(async (phone, code) => {
      sent.set(phone, code);
    });
  });
  afterAll(() => rooms.close());
  afterEach(() => sent.clear());

  async function somebody(): Promise<{ personId: string; phone: string }> {
    lastPhone += 1;
    const person = { personId: newId(), phone: String(lastPhone) };
    await rooms.get(CreatePerson).run({ personId: person.personId, signInPhone: person.phone, passwordHash: null });
    return person;
  }
  const ask = (phone: string) => rooms.get(RequestSignInCode).run(phone);
  const give = (phone: string, code: string) => rooms.get(SignInByCode).run({ phone, code });
  const wrongFor = (phone: string) => (sent.get(phone) === '000000' ? '111111' : '000000');

  it('sends six digits that work once, and keeps none of them', async () => {
    const { personId, phone } = await somebody();
    await ask(phone);
    const code = sent.get(phone) ?? '';
    expect(code).toMatch(/^\d{6}$/);
    const [row] = await rooms.database.query<{ kept: Buffer }>('select code_hash as kept from sign_in_code where phone = $1', [phone]);
    expect(row?.kept.toString('latin1')).not.toContain(code);
    const both = await Promise.allSettled([give(phone, code), give(phone, code)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [signedIn] = both.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(signedIn?.actor.personId).toBe(personId);
  });

  it('answers an unknown phone and a barred person as it does everybody, and sends nothing', async () => {
    const { personId, phone } = await somebody();
    await rooms.get(DisablePerson).run(personId, true);
    await ask(phone);
    await ask('13311111111');
    expect(sent.size).toBe(0);
    await expect(ask('13311111111')).rejects.toMatchObject({ code: 'access/too_many_attempts' });
    await expect(give('13311111111', '123456')).rejects.toMatchObject({ code: 'access/wrong_code' });
  });

  it('sends one a minute', async () => {
    const { phone } = await somebody();
    await ask(phone);
    await expect(ask(phone)).rejects.toMatchObject({
      code: 'access/too_many_attempts',
      parameters: { retryAfterSeconds: expect.any(Number) },
    });
    await rooms.database.query(`update sign_in_code set made_at = made_at - interval '1 minute' where phone = $1`, [phone]);
    await ask(phone);
  });

  it('ends a code after five attempts or ten minutes', async () => {
    const [guessed, late] = [await somebody(), await somebody()];
    await ask(guessed.phone);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(give(guessed.phone, wrongFor(guessed.phone))).rejects.toMatchObject({ code: 'access/wrong_code' });
    }
    await expect(give(guessed.phone, sent.get(guessed.phone) ?? '')).rejects.toMatchObject({ code: 'access/wrong_code' });
    await ask(late.phone);
    await rooms.database.query('update sign_in_code set expires_at = now() where phone = $1', [late.phone]);
    await expect(give(late.phone, sent.get(late.phone) ?? '')).rejects.toMatchObject({ code: 'access/wrong_code' });
  });

  it('counts wrong codes as failed sign-ins of the phone', async () => {
    const { phone } = await somebody();
    const codes = await Promise.all(
      Array.from({ length: 15 }, () => give(phone, '123456').catch((refusal: { code: string }) => refusal.code)),
    );
    expect(codes.filter((code) => code === 'access/wrong_code')).toHaveLength(10);
    expect(codes.filter((code) => code === 'access/too_many_attempts')).toHaveLength(5);
    await expect(ask(phone)).rejects.toMatchObject({ code: 'access/too_many_attempts' });
  });

  it('B8: says until when a code is good, and the figure is the one that holds', async () => {
    const { phone } = await somebody();
    const { expiresAt, minutes } = await ask(phone);
    const [row] = await rooms.database.query<{ kept: Date; life: string }>(
      `select expires_at as kept, extract(epoch from expires_at - made_at) / 60 as life from sign_in_code where phone = $1`,
      [phone],
    );
    expect(row?.kept).toEqual(expiresAt);
    expect(Number(row?.life)).toBeCloseTo(minutes, 3);
  });

  it('B8: sends a number five codes an hour and ten a day, and names the password as the other way', async () => {
    const { phone } = await somebody();
    const again = async () => {
      await rooms.database.query(`update sign_in_code set made_at = made_at - interval '1 minute' where phone = $1`, [phone]);
      return ask(phone);
    };
    await ask(phone);
    for (let turn = 1; turn < 5; turn += 1) await again();
    const refused = { code: 'access/too_many_codes', parameters: { retryAfterSeconds: 3_600, otherWay: 'password' } };
    await expect(again()).rejects.toMatchObject(refused);
    await rooms.database.query(`update sign_in_code_ask set asked_at = asked_at - interval '2 hours' where phone = $1`, [phone]);
    for (let turn = 0; turn < 5; turn += 1) await again();
    await rooms.database.query(`update sign_in_code_ask set asked_at = asked_at - interval '2 hours' where phone = $1`, [phone]);
    await expect(again()).rejects.toMatchObject({ ...refused, parameters: { retryAfterSeconds: 86_400, otherWay: 'password' } });
  });

  it('B8: sends sixty codes an hour for one address, over however many numbers, known or not', async () => {
    const address = { address: '203.0.113.9', device: null, userAgent: null };
    await rooms.database.query(
      `insert into sign_in_code_ask (ask_id, phone, place_hash, is_sent, asked_at)
       select gen_random_uuid(), '1320000' || n, $1, false, now() from generate_series(1000, 1059) n`,
      [rooms.get(SignInLimit).placeOf(address)],
    );
    const [known, unknown] = [await somebody(), { phone: '13311111119' }];
    for (const { phone } of [known, unknown])
      await expect(rooms.get(RequestSignInCode).run(phone, address)).rejects.toMatchObject({ code: 'access/too_many_codes' });
    await rooms.get(RequestSignInCode).run(known.phone, { ...address, address: '203.0.113.10' });
  });

  it('B7: lets a guesser elsewhere end neither the code nor the door for whom it was sent to', async () => {
    const { personId, phone } = await somebody();
    await ask(phone);
    const elsewhere = { address: '198.51.100.7', device: null, userAgent: null };
    for (let attempt = 0; attempt < 12; attempt += 1)
      await rooms
        .get(SignInByCode)
        .run({ phone, code: wrongFor(phone) }, elsewhere)
        .catch(() => undefined);
    await expect(rooms.get(SignInByCode).run({ phone, code: sent.get(phone) ?? '' }, elsewhere)).rejects.toMatchObject({
      code: 'access/too_many_attempts',
      parameters: { otherWay: 'password' },
    });
    expect((await give(phone, sent.get(phone) ?? '')).actor.personId).toBe(personId);
  });
});
