import { onScopeDispose, watch } from 'vue';
import { forgetBundles, refreshBundle } from './phone/day-bundle';
import { registerPhone } from './phone/device-key';
import { useOutbox } from './phone/my-outbox';
import { forgetSeen } from './shared/last-seen';
import { useSession } from './shared/session';

/**
 * Keeps phone and server in step while the app is open. At the start, after a sign-in, back online and back in view it sends the kept scans, fetches
 * the day bundle and registers the phone's key. After a sign-out the bundle and what was last seen go, and the unsent scans stay.
 */
export function stayInStep(): void {
  const session = useSession();
  const outbox = useOutbox();

  async function step(hurry: boolean): Promise<void> {
    const personId = session.me?.personId;
    // Whoever holds the phone learns what waits here, signed in or not.
    if (!personId) return outbox.look();
    await outbox.flush(hurry);
    if (!session.has('volunteer') && session.helpBanks.length === 0) return;
    await registerPhone(personId);
    await refreshBundle(personId);
  }

  const onOnline = () => void step(true);
  const onVisibility = () => {
    void (document.visibilityState === 'visible' ? step(true) : outbox.letGo());
    outbox.schedule();
  };
  addEventListener('online', onOnline);
  document.addEventListener('visibilitychange', onVisibility);
  onScopeDispose(() => {
    removeEventListener('online', onOnline);
    document.removeEventListener('visibilitychange', onVisibility);
  });
  watch(
    [() => session.me?.personId, () => session.asked],
    ([personId, asked]) => {
      void step(true);
      if (personId || !asked) return;
      forgetSeen();
      void forgetBundles();
    },
    { immediate: true },
  );
}
