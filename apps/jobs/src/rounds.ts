import type { INestApplicationContext } from '@nestjs/common';
import { Locator, PruneSignIns } from '@timebank/access';
import { ApplySavingsCap } from '@timebank/banks';
import { AskStillNeeded, AskWhoIsBack, GenerateSeries, PromoteStandbys, RunRounds, TakeForRegulars } from '@timebank/care';
import { cityId } from '@timebank/database';
import { ResumeGrantRuns } from '@timebank/hours';
import { PruneImports, RunImports } from '@timebank/imports';
import { ExpireHolds, SealCheckpoints } from '@timebank/ledger';
import { LayGrams } from '@timebank/members';
import { DeliverNotices } from '@timebank/notices';
import { WarnShort } from '@timebank/activities';
import { EndProxies, Findings } from '@timebank/family';
import { WarnEnding } from '@timebank/training';
import {
  ApproveByRule,
  AskAbsentHelpers,
  CloseForgottenVisits,
  EscalateVisits,
  RemindForgottenVisits,
  RemindTomorrow,
} from '@timebank/visits';
import type { Round } from './worker';

/**
 * What happens because time passes, in this order. Each is a query for what is due and the ability that does it, repeatable and safe when several
 * processes go the same round at once; what one round leaves undone the next one finds.
 */
export function roundsOf(rooms: INestApplicationContext): Round[] {
  const get: INestApplicationContext['get'] = (ability) => rooms.get(ability, { strict: false });
  const banks = () => get(Locator).banks();
  return [
    { name: 'forgotten visits', everyMinutes: 1, places: banks, run: (bankId) => get(CloseForgottenVisits).run(bankId) },
    { name: 'escalations', everyMinutes: 10, places: banks, run: (bankId) => get(EscalateVisits).run(bankId) },
    { name: 'approvals by rule', everyMinutes: 60, places: banks, run: (bankId) => get(ApproveByRule).run(bankId) },
    { name: 'scan-out reminders', everyMinutes: 1, places: banks, run: (bankId) => get(RemindForgottenVisits).run(bankId) },
    { name: 'arrivals', everyMinutes: 1, places: banks, run: (bankId) => get(AskAbsentHelpers).run(bankId) },
    { name: 'evening reminders', everyMinutes: 5, places: banks, run: (bankId) => get(RemindTomorrow).run(bankId) },
    { name: 'back from a pause', everyMinutes: 10, places: banks, run: (bankId) => get(AskWhoIsBack).run(bankId) },
    { name: 'savings caps', everyMinutes: 1, places: banks, run: (bankId) => get(ApplySavingsCap).run(bankId) },
    { name: 'series', everyMinutes: 10, places: banks, run: (bankId) => get(GenerateSeries).run(bankId) },
    { name: 'regulars', everyMinutes: 10, places: banks, run: (bankId) => get(TakeForRegulars).run(bankId) },
    { name: 'standby', everyMinutes: 1, places: banks, run: (bankId) => get(PromoteStandbys).run(bankId) },
    { name: 'offers', everyMinutes: 1, places: banks, run: (bankId) => get(RunRounds).run(bankId) },
    { name: 'still needed', everyMinutes: 10, places: banks, run: (bankId) => get(AskStillNeeded).run(bankId) },
    { name: 'ending qualifications', everyMinutes: 60, places: banks, run: (bankId) => get(WarnEnding).run(bankId) },
    { name: 'activities short of helpers', everyMinutes: 60, places: banks, run: (bankId) => get(WarnShort).run(bankId) },
    { name: 'proxies of who left', everyMinutes: 10, places: banks, run: (bankId) => get(EndProxies).withoutRole(bankId) },
    { name: 'findings whose time is over', everyMinutes: 60, places: banks, run: (bankId) => get(Findings).drop(bankId) },
    { name: 'grant runs', everyMinutes: 1, places: banks, run: (bankId) => get(ResumeGrantRuns).ofBank(bankId) },
    { name: 'imports', everyMinutes: 1, places: banks, run: (bankId) => get(RunImports).ofBank(bankId) },
    { name: 'old import rows', everyMinutes: 60, places: banks, run: (bankId) => get(PruneImports).run(bankId) },
    { name: 'ended sign-ins', everyMinutes: 1, places: whole, run: () => get(PruneSignIns).run() },
    { name: 'notices', everyMinutes: 1, places: banks, run: (bankId) => get(DeliverNotices).run(bankId) },
    { name: 'names to find by', everyMinutes: 1, places: banks, run: (bankId) => get(LayGrams).waiting(bankId) },
    { name: 'expired holds', everyMinutes: 60, places: banks, run: (bankId) => get(ExpireHolds).run(bankId) },
    {
      name: 'checkpoints',
      everyMinutes: 60,
      places: async () => [...(await banks()), cityId],
      run: (bankId) => get(SealCheckpoints).run([bankId]),
    },
  ];
}

/** A round that goes over the whole city in one. */
const whole = async () => ['city'];
