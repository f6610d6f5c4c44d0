import { Injectable } from '@nestjs/common';

/** Something else that somebody has promised to be at. */
export type OtherPlan = { bankId: string; memberId: string; activityId: string; startsAt: Date; endsAt: Date };
type Ask = { banks: readonly string[]; memberIds: readonly string[]; from: Date; to: Date };
type Find = (ask: Ask) => Promise<OtherPlan[]>;

/**
 * Where people are at a time, beside visits: rooms above, which plan other things for them, register how to find those. They are called in the caller's unit,
 * which sees the banks; whoever plans holds the member's row by then.
 */
@Injectable()
export class OtherPlans {
  private readonly registered: Find[] = [];

  register(find: Find): void {
    this.registered.push(find);
  }

  async find(ask: Ask): Promise<OtherPlan[]> {
    const found: OtherPlan[] = [];
    for (const find of this.registered) found.push(...(await find(ask)));
    return found;
  }
}
