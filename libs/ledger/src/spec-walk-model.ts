export type Step =
  | { kind: 'transfer'; from: number; to: number; minutes: number; overflows: boolean; hold: number | null }
  | { kind: 'open'; to: number; minutes: number }
  | { kind: 'hold'; from: number; minutes: number }
  | { kind: 'release'; hold: number }
  | { kind: 'repeat'; past: number }
  | { kind: 'reverse'; past: number };

type Asked = { from: number | null; to: number | null; minutes: number; overflows: boolean; hold: number | null; reverses: number | null };
type Past = { asked: Asked; answer: string; main: number; spilled: number; reversed: boolean };

/** For specs: the ledger's rules said once more, as plainly as possible. `null` stands for issuance; the pool has no ceiling. */
export class WalkModel {
  readonly balances: number[];
  readonly held: number[];
  poolMinutes = 0;
  private readonly past: Past[] = [];
  private readonly holds: { account: number; minutes: number; state: 'open' | 'released' | 'posted' }[] = [];

  constructor(
    accounts: number,
    private readonly ceiling: number,
  ) {
    this.balances = Array<number>(accounts).fill(0);
    this.held = Array<number>(accounts).fill(0);
  }

  mainMinutesOf(past: number): number {
    return this.past[past]?.main ?? 0;
  }

  take(step: Step): string {
    switch (step.kind) {
      case 'hold':
        return this.hold(step.from, step.minutes);
      case 'release':
        return this.release(step.hold);
      case 'repeat':
        return this.repeat(step.past);
      case 'open':
        return this.send({ from: null, to: step.to, minutes: step.minutes, overflows: false, hold: null, reverses: null });
      case 'transfer': {
        const hold = step.hold !== null && this.holds[step.hold] ? step.hold : null;
        return this.send({ from: step.from, to: step.to, minutes: step.minutes, overflows: step.overflows, hold, reverses: null });
      }
      case 'reverse': {
        const original = this.past[step.past];
        if (!original) return 'nothing';
        const { from, to, minutes } = original.asked;
        return this.send({ from: to, to: from, minutes: original.main || minutes, overflows: false, hold: null, reverses: step.past });
      }
    }
  }

  private hold(account: number, minutes: number): string {
    if (this.free(account) < minutes) return 'ledger/overdraft';
    this.held[account] = (this.held[account] ?? 0) + minutes;
    this.holds.push({ account, minutes, state: 'open' });
    return 'held';
  }

  private release(index: number): string {
    const hold = this.holds[index];
    if (!hold) return 'nothing';
    if (hold.state === 'posted') return 'ledger/hold_ended';
    this.end(index, 'released');
    return 'released';
  }

  private end(index: number, state: 'released' | 'posted'): void {
    const hold = this.holds[index];
    if (hold?.state !== 'open') return;
    this.held[hold.account] = (this.held[hold.account] ?? 0) - hold.minutes;
    hold.state = state;
  }

  private repeat(index: number): string {
    const answer = this.past[index]?.answer ?? 'nothing';
    return answer.replace('posted', 'repeated');
  }

  private free(account: number): number {
    return (this.balances[account] ?? 0) - (this.held[account] ?? 0);
  }

  private send(asked: Asked): string {
    const sent: Past = { asked, answer: '', main: 0, spilled: 0, reversed: false };
    this.past.push(sent);
    sent.answer = this.refusalOf(asked) ?? this.post(asked, sent);
    return sent.answer;
  }

  private refusalOf({ from, to, minutes, overflows, hold, reverses }: Asked): string | null {
    if (from === to) return 'ledger/same_account';
    if (reverses !== null) {
      const original = this.past[reverses];
      if (!original || original.main + original.spilled === 0) return 'ledger/transfer_not_found';
      if (original.asked.reverses !== null) return 'ledger/reversal_of_reversal';
      if (original.reversed) return 'ledger/already_reversed';
      // Everything overflowed: the transfer went to the pool, not to the account named.
      if (original.main === 0) return 'ledger/reversal_differs';
    }
    const held = hold === null ? undefined : this.holds[hold];
    if (held && held.account !== from) return 'ledger/hold_not_found';
    if (held && held.state !== 'open') return 'ledger/hold_ended';
    if (from !== null && this.free(from) + (held?.minutes ?? 0) < minutes) return 'ledger/overdraft';
    if (to !== null && !overflows && (this.balances[to] ?? 0) + minutes > this.ceiling) return 'ledger/ceiling';
    return null;
  }

  private post({ from, to, minutes, hold, reverses }: Asked, sent: Past): string {
    const room = to === null ? minutes : this.ceiling - (this.balances[to] ?? 0);
    sent.main = Math.min(minutes, room);
    sent.spilled = minutes - sent.main;
    if (from !== null) this.balances[from] = (this.balances[from] ?? 0) - minutes;
    if (to !== null) this.balances[to] = (this.balances[to] ?? 0) + sent.main;
    this.poolMinutes += sent.spilled;
    if (hold !== null) this.end(hold, 'posted');
    const original = reverses === null ? undefined : this.past[reverses];
    if (original) original.reversed = true;
    return `posted ${sent.main}+${sent.spilled}`;
  }
}
