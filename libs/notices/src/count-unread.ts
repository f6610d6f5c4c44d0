import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { UnreadMessages } from '@timebank/members';
import { BanksOfPerson } from './banks-of-person';

/** Unread notices of a person, of the banks that the unit of work sees; for first screens, of every bank of theirs. */
@Injectable()
export class CountUnread implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banksOfPerson: BanksOfPerson,
    private readonly messages: UnreadMessages,
  ) {}

  onModuleInit(): void {
    this.messages.register(async (actor) => this.unit.run(await this.banksOfPerson.run(actor), () => this.run(actor.personId)));
  }

  async run(personId: string): Promise<number> {
    const row = await this.unit.one<{ unread: number }>('select count(*) as unread from notice where person_id = $1 and read_at is null', [
      personId,
    ]);
    return row?.unread ?? 0;
  }
}
