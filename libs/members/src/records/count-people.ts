import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FindObstacles } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';

type Counts = { members: number; guests: number };

/** Who could only read once a bank is closed: its members, and guests between it and another bank. */
@Injectable()
export class CountPeople implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly obstacles: FindObstacles,
  ) {}

  onModuleInit(): void {
    this.obstacles.register(['members', 'guests'], (bankId) => this.run(bankId));
  }

  private async run(bankId: string): Promise<Counts> {
    const found = await this.unit.one<Counts>(
      `select (select count(*) from member m where m.bank_id = $1 and m.left_on is null) as members,
              (select count(*) from guest g where (g.bank_id = $1 or g.home_bank_id = $1) and g.state <> 'ended') as guests`,
      [bankId],
    );
    return found as Counts;
  }
}
