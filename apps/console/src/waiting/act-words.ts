import type { WaitingAct } from '@timebank/contract/client';
import { usePolicyWords } from '../policies/policy-words';
import { useSession } from '../shared/session.store';
import { useWords } from '../shared/words';

/** What waits, as a sentence that says all of it: minutes also in hours, days as days. */
export function useActWords() {
  const { t, word, minutes, month, calendarDay, decimal } = useWords();
  const session = useSession();
  const { sayValue } = usePolicyWords();
  const textOf = (value: unknown) => (value === undefined || value === null ? '' : String(value));

  /** "36,000 minutes = 600 hours": what is typed and what it comes to. */
  const figure = (count: number) => t('figures.both', { count: decimal(count), time: minutes(count) });

  function sayAct({ kind, content, member, heirNames }: WaitingAct): string {
    const name = member?.name ?? t('waiting.nobody');
    switch (kind) {
      case 'grant':
      case 'reversal':
        return t(`waiting.say.${kind}`, { name, time: figure(Number(content['minutes'])) });
      case 'role':
        return t('waiting.say.role', { name, role: word('roles', textOf(content['role'])) });
      case 'grant_run':
        return t('waiting.say.grant_run', { month: month(textOf(content['month'])) });
      case 'policy':
      case 'policy_withdrawal':
        return t(`waiting.say.${kind}`, {
          rule: word('policyKeys', textOf(content['key'])),
          value: sayValue(textOf(content['key']), content['value']),
          day: calendarDay(textOf(content['validFrom'])),
        });
      case 'leaving':
        return t('waiting.say.leaving', {
          name,
          day: calendarDay(textOf(content['on'])),
          reason: t(`leaving.reasons.${textOf(content['reason'])}`),
          heir: heirNames.length === 0 ? t('leaving.pool') : heirNames.join(', '),
        });
      case 'merging':
        return t('waiting.say.merging', { name });
      case 'closing':
        return t('waiting.say.closing', { name: session.bank?.name ?? '', day: calendarDay(textOf(content['on'])) });
      case 'reopening':
        return t('waiting.say.reopening', { name: session.bank?.name ?? '' });
      case 'sign_in_phone':
        return t('waiting.say.sign_in_phone', { name, phone: textOf(content['phone']) });
      default:
        return t('waiting.say.other', { name, act: word('waitingActKinds', kind) });
    }
  }

  function sayReason({ content }: WaitingAct): string {
    const code = textOf(content['reasonCode']);
    return [code === '' ? '' : word('actReasonCodes', code), textOf(content['note'])].filter(Boolean).join(' · ');
  }

  return { sayAct, sayReason, figure };
}
