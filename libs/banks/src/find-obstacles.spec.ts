import { describe, expect, it } from '@jest/globals';
import type { UnitOfWork } from '@timebank/database';
import { FindObstacles } from './find-obstacles';

describe('what stands in the way of closing a bank', () => {
  const none = async () => ({ openRequests: 0 });

  it('is a fault while nobody counts a kind of it, and not nothing', async () => {
    const obstacles = new FindObstacles({} as UnitOfWork);
    obstacles.register(['openRequests'], none);
    await expect(obstacles.run('a bank')).rejects.toThrow(
      'nobody counts plannedVisits, undecidedVisits, visitsElsewhere, openAppeals, openLetters, grantRuns, members, guests',
    );
  });

  it('is counted by one room alone', () => {
    const obstacles = new FindObstacles({} as UnitOfWork);
    obstacles.register(['openRequests'], none);
    expect(() => obstacles.register(['openRequests'], none)).toThrow('two rooms count openRequests');
    expect(() => obstacles.register(['unsettledBanks'], async () => ({ unsettledBanks: 0 }))).toThrow('two rooms count unsettledBanks');
  });
});
