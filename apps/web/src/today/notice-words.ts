import type { Notice, NoticeKind } from '@timebank/contract/client';
import { placeOf } from '../shared/page-bank';
import { useSession } from '../shared/session';
import { useWhy } from '../visits/visit-news';
import { useWords } from '../shared/words';

/** What their sentence ends with: call the time bank. */
const callKinds: readonly NoticeKind[] = [
  'visit_rejected',
  'help_rejected',
  'scan_out_overdue',
  'scan_out_missing',
  'visit_missed',
  'letter_rejected',
  'sign_in_reset',
  'sign_in_phone_moved',
  'password_changed',
];

/** Whose sentence names who acts, or for whom. */
const namesIt: readonly NoticeKind[] = ['proxy_begun', 'proxy_ended', 'acts_begun', 'acts_ended', 'proxy_asked', 'proxy_answered'];

/** Who also learns the decision's reason. */
const explained: readonly NoticeKind[] = ['visit_approved', 'visit_rejected'];

/** Notices as a page writes them. */
export function useNoticeWords() {
  const session = useSession();
  const { t, kind, dayTime, time, minutes } = useWords();
  const why = useWhy();
  const bankName = (bankId: string) => session.me?.banks.find((bank) => bank.bankId === bankId)?.name ?? '';

  function sentence({ kind: code, bankId, parameters }: Notice): string {
    const { serviceKind, startsAt, at, minutes: credited, actKind, visits, title, helpers, byName, forName } = parameters;
    const reason = why(parameters.reasonCode);
    const said = t(`notices.${code}`, {
      what: serviceKind === undefined ? '' : kind(serviceKind),
      when: startsAt === undefined ? '' : dayTime(startsAt),
      time: at === undefined ? '' : time(at),
      moment: at === undefined ? '' : dayTime(at),
      minutes: minutes(credited ?? 0),
      visits: visits ?? 0,
      title: title ?? '',
      helpers: helpers ?? 0,
      bank: bankName(bankId),
      by: byName ?? '',
      for: forName ?? '',
      act: actKind === undefined ? '' : t(`waitingActKinds.${actKind}`),
    });
    const whole = explained.includes(code) && reason !== null ? `${said} ${reason}` : said;
    if (byName && !namesIt.includes(code)) return t('family.by', { said: whole, name: byName });
    return forName && !namesIt.includes(code) ? t('family.toldTo', { said: whole, name: forName }) : whole;
  }

  /** Where this app says more about it; null if nowhere. */
  function placeAbout({ kind: code, bankId, parameters: { visitId, requestId, courseId, activityId, forName } }: Notice): string | null {
    if (forName !== undefined) return '/family';
    if (code === 'proxy_begun' || code === 'proxy_ended') return '/proxies';
    if (activityId !== undefined) return '/activities';
    if (courseId !== undefined || code === 'qualification_ending') return '/courses';
    if (visitId !== undefined) return placeOf(`/visits/${visitId}`, bankId);
    if (requestId !== undefined) return '/help';
    if (code === 'relation_here' || code === 'relation_recorded') return '/relatives';
    if (code === 'password_changed') return '/settings/sign-in';
    return code === 'guest_confirmed' ? '/requests' : null;
  }

  return { sentence, placeAbout, bankName, asksToCall: ({ kind: code }: Notice) => callKinds.includes(code) };
}
