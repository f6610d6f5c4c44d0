import { shallowRef } from 'vue';
import type { Visit } from '@timebank/contract/client';
import type { KeptScan } from '@timebank/web-kit/scanning';
import { noteInBundle } from './day-bundle';

export const channelName = 'timebank.outbox';
/** Messages between the tabs of this browser: something changed, or the server's answer to a kept scan. */
type AnsweredScan = 'changed' | { eventId: string; visit: Visit };

/** The server's answers to kept scans, by their kept event, from whichever tab: only such an answer makes a scan arrive. */
export function useAnsweredScans(look: () => Promise<void>) {
  const answers = shallowRef<ReadonlyMap<string, Visit>>(new Map());
  const otherTabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(channelName) : null;
  otherTabs?.addEventListener('message', ({ data }: MessageEvent<AnsweredScan>) => {
    if (data !== 'changed') note(data);
    void look();
  });

  function note({ eventId, visit }: Exclude<AnsweredScan, 'changed'>): void {
    answers.value = new Map([...answers.value, [eventId, visit]]);
  }

  function tellTabs(told: AnsweredScan): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel of this origin's own tabs has no target
    otherTabs?.postMessage(told);
  }

  return {
    answers,
    tellChanged: () => tellTabs('changed'),
    arrived: ({ eventId, personId }: KeptScan, visit: Visit) => {
      note({ eventId, visit });
      tellTabs({ eventId, visit });
      return noteInBundle(personId, visit);
    },
  };
}
