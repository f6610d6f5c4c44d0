import { isWaiting, type Waiting } from '@timebank/contract';
import { SettleBanks, SettleMember, TransferHours } from '@timebank/hours';
import { newId } from '@timebank/kernel';
import { CloseAccount, ExpireHolds, PlaceHold, type Posting, PostTransfers, ReleaseHolds } from '@timebank/ledger';
import { testStart, type TestRooms } from '@timebank/testing';
import { DecideVisits } from '@timebank/visits';
import type { DoubleScene } from './double-scene';

type Send = (rooms: TestRooms) => Promise<string>;
/** Two sends that come at once, and what both may answer between them, sorted: exactly one wins. */
export type Double = { sends: readonly [Send, Send]; mayBe: readonly (readonly string[])[] };
type DrawDouble = (scene: DoubleScene) => Promise<Double>;

const twice = (send: Send, ...mayBe: string[]): Double => ({ sends: [send, send], mayBe: [mayBe] });
const said = async (sent: Promise<{ first: boolean } | Waiting>) => {
  const answer = await sent;
  if (isWaiting(answer)) return 'waits';
  return answer.first ? 'first' : 'again';
};
const done = async (answer: Promise<void>) => answer.then(() => 'done');

const post =
  (posting: Posting): Send =>
  async (rooms) => {
    const [answer] = await rooms.get(PostTransfers).run([posting]);
    return answer?.code ?? answer?.outcome ?? 'nothing';
  };

const approve =
  (scene: DoubleScene, visitId: string, approvalId: string, by = scene.coordinator): Send =>
  async (rooms) => {
    const input = { visitIds: [visitId], decision: 'approve' as const };
    const { first, value } = await rooms.get(DecideVisits).run(by.actor, scene.city.bankId, approvalId, input);
    const [result] = value.results;
    return `${first ? 'first' : 'again'} ${result?.code ?? result?.outcome}`;
  };

/** A hold that has run out, on an account with just its minutes, and a posting that names it. */
async function held(scene: DoubleScene): Promise<{ release: Send; expire: Send; postAgain: () => Send }> {
  const { city, ledger } = scene;
  const { bankId } = ledger;
  const [debitAccountId, holdId] = [await scene.account(60), newId()];
  await city.get(ExpireHolds).run(bankId);
  await city.get(PlaceHold).run({ bankId, holdId, accountId: debitAccountId, minutes: 60, expiresAt: testStart });
  return {
    release: (rooms) => done(rooms.get(ReleaseHolds).run(bankId, [holdId])),
    expire: async (rooms) => String(await rooms.get(ExpireHolds).run(bankId)),
    postAgain: () => post(ledger.posting({ debitAccountId, minutes: 60, holdId, effectiveAt: city.rooms.clock.now() })),
  };
}

async function settling(scene: DoubleScene): Promise<(id: string) => Send> {
  const { city, admin } = scene;
  const { memberId } = await city.client(100);
  const leftOn = city.rooms.clock.now().toISOString().slice(0, 10);
  const input = { memberId, reason: 'moved' as const, leftOn, heirs: [], restTo: null };
  return (id) => (rooms) => said(rooms.get(SettleMember).run(admin, city.bankId, id, input));
}

/** What two banks owe each other, all of it. */
async function clearing(scene: DoubleScene): Promise<(id: string) => Send> {
  const input = { creditorBankId: scene.city.bankId, debtorBankId: scene.debtorBankId, minutes: await scene.owe() };
  return (id) => (rooms) => said(rooms.get(SettleBanks).run(scene.admin, id, input));
}

/** Everything that must happen once, sent twice: with one id, and with two where two people want the same. */
export const doubles: Record<string, DrawDouble> = {
  'one approval of a visit': async (scene) => {
    const { visitId } = await scene.served();
    return twice(approve(scene, visitId, newId()), 'again approved', 'first approved');
  },
  'two approvals of a visit': async (scene) => {
    const { visitId } = await scene.served();
    const sends = [approve(scene, visitId, newId()), approve(scene, visitId, newId(), scene.colleague)] as const;
    return { sends, mayBe: [['first approved', 'first visits/already_decided']] };
  },
  'one posting': async (scene) => {
    const debitAccountId = await scene.account(60);
    return twice(post(scene.ledger.posting({ debitAccountId })), 'posted', 'repeated');
  },
  'two postings of the last minutes': async (scene) => {
    const debitAccountId = await scene.account(60);
    const sends = [post(scene.ledger.posting({ debitAccountId })), post(scene.ledger.posting({ debitAccountId }))] as const;
    return { sends, mayBe: [['ledger/overdraft', 'posted']] };
  },
  'two postings of a hold': async (scene) => {
    const { postAgain } = await held(scene);
    return { sends: [postAgain(), postAgain()], mayBe: [['ledger/hold_ended', 'posted']] };
  },
  'one release': async (scene) => twice((await held(scene)).release, 'done', 'done'),
  'a release beside a posting': async (scene) => {
    const { release, postAgain } = await held(scene);
    const mayBe = [
      ['done', 'ledger/hold_ended'],
      ['ledger/hold_ended', 'posted'],
    ];
    return { sends: [release, postAgain()], mayBe };
  },
  'one expiry': async (scene) => twice((await held(scene)).expire, '0', '1'),
  'an expiry beside a posting': async (scene) => {
    const { expire, postAgain } = await held(scene);
    const mayBe = [
      ['0', 'posted'],
      ['1', 'posted'],
    ];
    return { sends: [expire, postAgain()], mayBe };
  },
  'two reversals of a visit': async (scene) => {
    const { city, admin } = scene;
    const { visitId, volunteer, client } = await scene.served();
    const [result] = await city.approve(scene.coordinator, [visitId]);
    const reversesId = result?.transferId as string;
    const input = {
      kind: 'reversal' as const,
      fromAccountId: volunteer.accountId,
      toAccountId: client.accountId,
      minutes: 60,
      reversesId,
      reasonCode: 'correction',
    };
    const send = (): Send => {
      const transferId = newId();
      return (rooms) => said(rooms.get(TransferHours).run(admin, city.bankId, transferId, input));
    };
    return { sends: [send(), send()], mayBe: [['first', 'ledger/already_reversed']] };
  },
  'one closing': async (scene) => {
    const accountId = await scene.account(0);
    return twice((rooms) => done(rooms.get(CloseAccount).run(scene.ledger.bankId, accountId)), 'done', 'done');
  },
  'a closing beside a posting': async (scene) => {
    const accountId = await scene.account(0);
    const close: Send = (rooms) => done(rooms.get(CloseAccount).run(scene.ledger.bankId, accountId));
    const mayBe = [
      ['done', 'ledger/account_closed'],
      ['ledger/account_not_empty', 'posted'],
    ];
    return { sends: [close, post(scene.ledger.opening(accountId, 5))], mayBe };
  },
  'one settlement of a member': async (scene) => twice((await settling(scene))(newId()), 'again', 'first'),
  'two settlements of a member': async (scene) => {
    const settle = await settling(scene);
    return { sends: [settle(newId()), settle(newId())], mayBe: [['first', 'settlements/already_left']] };
  },
  'one settlement between banks': async (scene) => twice((await clearing(scene))(newId()), 'again', 'first'),
  'two settlements between banks': async (scene) => {
    const settle = await clearing(scene);
    return { sends: [settle(newId()), settle(newId())], mayBe: [['clearing/past_zero', 'first']] };
  },
};
