import { beforeEach, describe, expect, it } from '@jest/globals';
import { createPhoneClock, type ToldTime } from './phone-clock';

describe('the time on a phone without network', () => {
  const hour = 3_600_000;
  let wall: number;
  let steady: number;
  const open = () =>
    createPhoneClock(
      () => wall,
      () => steady,
    );
  const pass = (ms: number) => {
    wall += ms;
    steady += ms;
  };
  let clock: ReturnType<typeof open>;
  let kept: ToldTime;
  const said = () => clock.now().toISOString();

  beforeEach(() => {
    [wall, steady] = [77, 5];
    clock = open();
    kept = clock.tell('2026-03-02T01:00:00.000Z', 1);
  });

  it('goes on from what the server said, whatever date the phone shows, at the speed of the trial', () => {
    pass(hour);
    expect(said()).toBe('2026-03-02T02:00:00.000Z');
    clock.tell('2026-03-02T01:00:00.000Z', 60);
    pass(60_000);
    expect(said()).toBe('2026-03-02T02:00:00.000Z');
  });

  it('counts the sleep in which the page stood still, and the time while it was closed', () => {
    wall += hour;
    expect(said()).toBe('2026-03-02T02:00:00.000Z');
    steady = 0;
    clock = open();
    clock.resume(kept);
    expect(said()).toBe('2026-03-02T02:00:00.000Z');
    pass(hour);
    expect(said()).toBe('2026-03-02T03:00:00.000Z');
  });

  it('does not turn back when the phone is set back', () => {
    pass(hour);
    wall -= 2 * hour;
    expect(said()).toBe('2026-03-02T02:00:00.000Z');
    clock = open();
    clock.resume(kept);
    expect(said()).toBe('2026-03-02T01:00:00.000Z');
  });
});
