import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, type TestRooms } from '@timebank/testing';
import { AccessModule, CodeSender, CreatePerson, DisablePerson, RequestSignInCode, SignInByCode } from '@timebank/access';

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
    await rooms.database.query(`update sign_in_code set expires_at = expires_at - interval '1 minute' where phone = $1`, [phone]);
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
});
