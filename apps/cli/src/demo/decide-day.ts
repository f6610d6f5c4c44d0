import type { ApprovalInput, Visit } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import type { DemoBank, Someone } from './found-bank';
import type { Hands } from './hands';
import type { VisitPlay } from './play-visit';
import { storyOf } from './stories';

/** Somebody's decision about some visits. */
type Batch = { by: Someone; visits: Visit[]; input: Omit<ApprovalInput, 'visitIds'> };

/** The coordinator's father is the ninth client; what was done for him is decided by the second coordinator. */
function deciderOf(bank: DemoBank, visit: Visit): Someone {
  return visit.clientId === bank.clients[8]?.memberId ? bank.second : bank.coordinator;
}

function codesOf(visits: readonly Visit[]): ApprovalInput['acknowledge'] {
  const codes = visits.flatMap((visit) => visit.exceptions.filter(({ lane }) => lane === 'yellow').map(({ code }) => code));
  return [...new Set(codes)];
}

/** Clean visits together, yellow ones together with their codes acknowledged, each other story by itself. */
function batchesOf(bank: DemoBank, plays: readonly VisitPlay[]): Batch[] {
  const ended = plays.flatMap((play) => (play.latest?.lane ? [{ visit: play.latest, decision: storyOf(play.plan.story).decision }] : []));
  const usual = ended.filter(({ decision }) => decision === undefined).map(({ visit }) => visit);
  const together = [bank.coordinator, bank.second].flatMap((by): Batch[] => {
    const own = usual.filter((visit) => deciderOf(bank, visit) === by);
    const yellow = own.filter((visit) => visit.lane === 'yellow');
    return [
      { by, visits: own.filter((visit) => visit.lane === 'clean'), input: { decision: 'approve' } },
      { by, visits: yellow, input: { decision: 'approve', acknowledge: codesOf(yellow) } },
    ];
  });
  const alone = ended.flatMap(({ visit, decision }): Batch[] => {
    if (decision === undefined) return [];
    const { fewerMinutes, ...rest } = decision;
    const creditedMinutes = fewerMinutes === undefined ? undefined : { [visit.visitId]: (visit.creditedMinutes ?? 0) - fewerMinutes };
    return [{ by: bank.second, visits: [visit], input: { ...rest, creditedMinutes, acknowledge: codesOf([visit]) } }];
  });
  return [...together, ...alone].filter(({ visits }) => visits.length > 0);
}

/** Decides a day's visits as coordinators do: what scans lack is entered first, then everything that can be approved is. */
export async function decideDay(hands: Hands, bank: DemoBank, plays: readonly VisitPlay[]): Promise<void> {
  for (const play of plays) {
    const { mended } = storyOf(play.plan.story);
    if (mended) await play.enter(mended);
  }
  for (const { by, visits, input } of batchesOf(bank, plays)) {
    const approval = { ...input, visitIds: visits.map((visit) => visit.visitId) };
    const { value } = await hands.decideVisits.run(by.actor, bank.bank.bankId, newId(), approval);
    const refused = value.results.find(({ outcome }) => outcome === 'refused');
    if (refused) throw new Error(`a visit of the demo city was refused: ${JSON.stringify(refused)}`);
    for (const { visitId, transferId } of value.results) {
      const play = plays.find((one) => one.visitId === visitId);
      if (play)
        Object.assign(play, {
          transferId: transferId ?? null,
          approvedMinutes: input.creditedMinutes?.[visitId] ?? play.latest?.creditedMinutes ?? 0,
        });
    }
  }
}
