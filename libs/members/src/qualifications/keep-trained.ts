import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { TrainedRow } from './qualification-kind.entity';

/** Keeps who was trained for what, in the caller's unit of work. A room above has the courses. */
@Injectable()
export class KeepTrained {
  constructor(private readonly unit: UnitOfWork) {}

  async run(trained: readonly TrainedRow[]): Promise<void> {
    await this.unit.insertNewRows(TrainedRow, trained, ['bankId', 'memberId', 'serviceKind', 'courseId']);
  }
}
