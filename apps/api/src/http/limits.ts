const second = 1_000;
const kibibyte = 1_024;

/** What load one process takes, in one place, each with its reason. Specs pass shorter ones. */
export const limits = {
  /** For a whole request with its body: a phone on the weakest network sends a form in a few seconds. */
  requestMilliseconds: 30 * second,
  /** For a connection to say its first line and headers. */
  headersMilliseconds: 10 * second,
  /** How often the two above are looked at; by so much they may be passed. */
  lookMilliseconds: 2 * second,
  /** A connection in use, without a byte either way: the reader of an answer is gone. A month of grants is worked on for a minute or two. */
  silentMilliseconds: 300 * second,
  /** An idle connection waits so long for the next request; longer than what proxies keep, or they send into one that is closing. */
  keepAliveMilliseconds: 72 * second,
  /** What still comes of a body that was refused unread: long enough for a client to finish and read why. */
  lingerMilliseconds: 5 * second,
  /** At some 10 KiB each they take 40 MiB. */
  connections: 4_000,
  /** Connections of one address, so that it cannot take them all; this machine and proxies speak for many and are not counted. */
  connectionsOfAddress: 400,
  /** Calls of one sign-in in progress; a browser opens six connections at once. */
  callsOfCallerAtOnce: 8,
  /** And waiting behind those, each for its turn. */
  callsOfCallerWaiting: 64,
  /** Refusals of one person, or of one address where nobody is signed in, that are answered at once; it fills up again at the pace below. */
  refusalsAtOnce: 30,
  /** And then so many a second: faster than anybody types, slow enough to refuse beside everybody's work. */
  refusalsASecond: 50,
  /** The longest that one waits: callers give up after 15 seconds. */
  refusalMilliseconds: 5 * second,
  /** Bodies on their way and being worked on. A parsed one takes some ten times its text. */
  bodyBytes: 8_192 * kibibyte,
  /** The part of those for people who are not signed in, so that strangers' bodies never keep out a person's. */
  bodyBytesOfStrangers: 1_024 * kibibyte,
  /** And what one person may hold: eight of the largest approvals. */
  bodyBytesOfPerson: 1_024 * kibibyte,
  /** Files on their way to be brought in: two of the largest, and one of a person. */
  fileBytes: 90_000 * kibibyte,
  fileBytesOfPerson: 45_000 * kibibyte,
  /** Costly answers being made: two processors and the database have something left for the others. */
  costlyAtOnce: 4,
  /** And waiting to be made; more would wait for longer than a person does. */
  costlyWaiting: 32,
  /** For one person, so that a colleague's report never waits behind ten of another's. */
  costlyOfPersonAtOnce: 2,
  /** Made, waiting and on their way to one person: a desk's page of reports asks for four at once. */
  costlyOfPersonInHand: 8,
  /** Nobody reads as many. */
  costlyOfPersonAMinute: 60,
};

export type Limits = typeof limits;
