import type { RouteName } from '../paths';
import type { Shape } from '../shape';
import * as offers from './offers.messages';
import { visit, visitInput } from '../visits/visits.messages';
import * as matching from './matching.messages';

/** Who suits a request, and which requests suit somebody. */
export const matchingShapes = {
  listCandidates: { query: matching.candidateQuery, answer: matching.candidates, summary: 'Who suits a request, the best first, and why' },
  getCandidate: { answer: matching.rankedCandidate, summary: 'Why somebody could not be given a request, and how they rank' },
  forYou: { query: matching.forYouQuery, answer: matching.forYou, summary: 'Requests for me, the best first' },
  putVisit: { body: visitInput, answer: visit, orElse: offers.offer, kind: 'put', summary: 'Take or assign a request, or stand by' },
  listOffers: { answer: offers.offersOfRequest, summary: 'Who was asked about a request, the newest first' },
  putOffer: { body: offers.offerInput, answer: offers.offer, kind: 'put', summary: 'Ask a volunteer whether they would take a request' },
  answerOffer: { body: offers.offerAnswerInput, answer: offers.offer, summary: 'Say yes or no to an offer' },
  putHandOver: { body: offers.handOverInput, answer: offers.handOver, kind: 'put', summary: 'Put a visit of mine to a colleague' },
  myOffers: { answer: offers.myOffers, summary: 'What waits for my answer, and where I stand by' },
} satisfies Partial<Record<RouteName, Shape>>;
