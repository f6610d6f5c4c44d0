import { setTimeout } from 'node:timers/promises';
import { PutBank } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import type { TestRooms } from '@timebank/testing';

const thrown = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => '',
    (error: unknown) => String(error),
  );

/** What the unit of work promises, and an id of a caller's making. */
export async function lookAtUnits(rooms: TestRooms): Promise<Record<string, boolean>> {
  const unit = rooms.get(UnitOfWork);
  const bankId = newId();
  const write = (kind: string) =>
    unit.query(`insert into outbox (bank_id, event_id, kind, payload, happened_at) values ($1, $2, $3, '{}', now())`, [
      bankId,
      newId(),
      kind,
    ]);
  const { promise: gate, resolve: letGo } = Promise.withResolvers<void>();
  let left: Promise<string> = Promise.resolve('');
  await unit.run([bankId], async () => {
    left = thrown(gate.then(() => write('left')));
  });
  letGo();
  const late = await left;

  let isAnswered = false;
  const slow = async () => {
    await thrown(write('slow'));
    await setTimeout(100);
    isAnswered = true;
  };
  const failed = await thrown(unit.run([bankId], () => unit.together(unit.query('select 1 / 0'), slow())));

  const putBank = rooms.get(PutBank);
  const bank = { name: 'Drum Tower', phone: '+86 25 8320 0000', timeZone: 'Asia/Shanghai' };
  const put = (id: string, name: string) => putBank.run(id, { ...bank, name });
  const firsts = [
    (await put(bankId, 'one')).first,
    await put(bankId, 'one').then(
      ({ first }) => first,
      () => 'refused',
    ),
  ];
  return {
    'a branch that goes on': late.includes('the unit of work is over'),
    'a branch that is waited for': failed.includes('division by zero') && isAnswered,
    'the same again': firsts.join() === 'true,false',
    'something else under the id': (await thrown(put(bankId, 'two'))).includes('banks/id_reused'),
  };
}
