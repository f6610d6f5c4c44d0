import type { RouteName } from '../paths';
import type { Shape } from '../shape';
import * as intake from './intake.messages';
import * as proxies from './proxies.messages';
import * as silent from './silent.messages';

/** The people around a client: who acts for them, who calls, and who does not ask. */
export const familyShapes = {
  listProxies: { query: proxies.proxyQuery, answer: proxies.proxies, summary: 'Who acts for clients of the bank, the newest first' },
  putProxy: {
    body: proxies.proxyInput,
    answer: proxies.proxy,
    kind: 'put',
    summary: 'Let somebody act for a client, on the client’s own word',
  },
  endProxy: { body: proxies.proxyEnd, answer: proxies.proxy, summary: 'Let somebody act for a client no longer, from the next call on' },
  listActsFor: { answer: proxies.actsFor, summary: 'For whom I act' },
  listCallers: { query: intake.callerQuery, answer: intake.callers, summary: 'About whom a call from a number may be' },
  listContacts: {
    query: intake.contactQuery,
    answer: intake.contacts,
    summary: 'Numbers of others, and calls that nobody could place yet',
  },
  putContact: {
    body: intake.contactInput,
    answer: intake.contact,
    kind: 'put',
    summary: 'Write down who called, or by whose number a client is reached',
  },
  putPhoneCall: {
    body: intake.phoneCallInput,
    answer: intake.phoneCall,
    kind: 'put',
    summary: 'A call becomes a request, and a visit where it is settled who comes',
  },
  listSilent: {
    query: silent.silentQuery,
    answer: silent.silentList,
    summary: 'Clients who have not asked for long, those who live alone first',
  },
  putCheckIn: {
    body: silent.checkInInput,
    answer: silent.checkIn,
    kind: 'put',
    summary: 'Say what came of a call to somebody who does not ask',
  },
  putFinding: {
    body: silent.findingInput,
    answer: silent.toldFinding,
    kind: 'put',
    summary: 'Tell a bank of an elder who may need help, without an account',
  },
  listFindings: { answer: silent.findings, query: silent.silentQuery, summary: 'Whom others have told of, and nobody has looked into yet' },
  endFinding: { body: silent.findingEnd, answer: silent.finding, reasonField: 'result', summary: 'Say what came of it' },
  keepFinding: {
    body: silent.findingKeep,
    answer: silent.finding,
    mayWait: true,
    summary: 'Keep what was told longer than the rule says, by two people',
  },
} satisfies Partial<Record<RouteName, Shape>>;
