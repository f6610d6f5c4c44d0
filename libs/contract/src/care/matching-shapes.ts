import type { RouteName } from '../paths';
import type { Shape } from '../shape';
import * as offers from './offers.messages';
import { rearrangeInput } from '../visits/gate.messages';
import { visit, visitInput } from '../visits/visits.messages';
import * as matching from './matching.messages';
import * as week from './week.messages';

/** Who suits a request, and which requests suit somebody. */
export const matchingShapes = {
  listCandidates: { query: matching.candidateQuery, answer: matching.candidates, summary: 'Who suits a request, the best first, and why' },
  getCandidate: {
    query: matching.imagined,
    answer: matching.rankedCandidate,
    summary: 'Why somebody could not be given a request, and how they rank',
  },
  readWeek: { query: week.weekQuery, answer: week.weekBoard, summary: "A bank's week: who helps whom, and what nobody has taken yet" },
  forYou: { query: matching.forYouQuery, answer: matching.forYou, summary: 'Requests for me, the best first' },
  putVisit: { body: visitInput, answer: visit, orElse: offers.offer, kind: 'put', summary: 'Take or assign a request, or stand by' },
  rearrangeVisit: { body: rearrangeInput, answer: visit, kind: 'put', summary: 'Give a planned visit to somebody else, move it, or both' },
  listOffers: { answer: offers.offersOfRequest, summary: 'Who was asked about a request, the newest first' },
  putOffer: { body: offers.offerInput, answer: offers.offer, kind: 'put', summary: 'Ask a volunteer whether they would take a request' },
  answerOffer: { body: offers.offerAnswerInput, answer: offers.offer, summary: 'Say yes or no to an offer' },
  putHandOver: { body: offers.handOverInput, answer: offers.handOver, kind: 'put', summary: 'Put a visit of mine to a colleague' },
  myOffers: { answer: offers.myOffers, summary: 'What waits for my answer, and where I stand by' },
} satisfies Partial<Record<RouteName, Shape>>;
