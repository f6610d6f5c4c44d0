import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BanksModule } from '@timebank/banks';
import { MembersModule } from '@timebank/members';
import { RequestsModule } from '@timebank/requests';
import { CalendarFeedRow } from './calendar/calendar-feed.entity';
import { CalendarFeeds } from './calendar/calendar-feeds';
import { BankToday } from './bank-today';
import { ChangeDates } from './series/change-dates';
import { CheckRegular } from './series/check-regular';
import { AskWhoIsBack } from './day/ask-who-is-back';
import { GiveBack } from './day/give-back';
import { PausePerson } from './day/pause-person';
import { ListNobodyCame } from './day/list-nobody-came';
import { ComingDates } from './series/coming-dates';
import { ForYou } from './matching/for-you';
import { RankCandidates } from './matching/rank-candidates';
import { EditSeries } from './series/edit-series';
import { EndRegulars } from './series/end-regulars';
import { GenerateSeries } from './series/generate-series';
import { HandOn } from './series/hand-on';
import { InterruptSeries } from './series/interrupt-series';
import { LayDates } from './series/lay-dates';
import { LeaveSeries } from './series/leave-series';
import { HandOver } from './offers/hand-over';
import { AskStillNeeded } from './offers/ask-still-needed';
import { SayStillNeeded } from './offers/say-still-needed';
import { AnswerOffer } from './offers/answer-offer';
import { PromoteStandbys } from './offers/promote-standbys';
import { PutOffer } from './offers/put-offer';
import { ReadOffers } from './offers/read-offers';
import { RunRounds } from './offers/run-rounds';
import { TakeOrStandBy } from './offers/take-or-stand-by';
import { OfferRoundRow, OfferRow } from './offers/offer.entity';
import { PutRegular } from './series/put-regular';
import { PutSeries } from './series/put-series';
import { ReadWeek } from './week/read-week';
import { ReadSeries } from './series/read-series';
import { SeriesBehind } from './series/series-behind';
import { SeriesLock } from './series/series-lock';
import { SeriesPauseRow, SeriesRegularRow, SeriesRow, SeriesTermsRow } from './series/series.entity';
import { SeriesStandings } from './series/series-standings';
import { TakeForRegulars } from './series/take-for-regulars';

const abilities = [
  CalendarFeeds,
  ListNobodyCame,
  AskWhoIsBack,
  PausePerson,
  TakeOrStandBy,
  RunRounds,
  ReadOffers,
  PutOffer,
  HandOver,
  PromoteStandbys,
  AnswerOffer,
  AskStillNeeded,
  SayStillNeeded,
  ForYou,
  RankCandidates,
  EditSeries,
  GenerateSeries,
  InterruptSeries,
  LeaveSeries,
  PutRegular,
  PutSeries,
  ReadSeries,
  ReadWeek,
  SeriesBehind,
  SeriesStandings,
  TakeForRegulars,
];

/** Care that repeats. Stands on access, which is global, and on visits as the process has opened it. */
@Module({})
export class CareModule {
  static forRoot(visits: DynamicModule): DynamicModule {
    return {
      module: CareModule,
      imports: [
        TypeOrmModule.forFeature([CalendarFeedRow, OfferRoundRow, OfferRow, SeriesPauseRow, SeriesRegularRow, SeriesRow, SeriesTermsRow]),
        BanksModule,
        MembersModule,
        RequestsModule,
        visits,
      ],
      providers: [BankToday, ChangeDates, CheckRegular, ComingDates, EndRegulars, GiveBack, HandOn, LayDates, SeriesLock, ...abilities],
      exports: [...abilities, visits],
    };
  }
}
