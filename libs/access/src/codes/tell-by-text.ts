import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { CodeSender, type SignInNews } from './code-sender';

/** Texts to a sign-in phone, once the unit of work around has committed. A text that could not be sent is written down and holds nothing up. */
@Injectable()
export class TellByText {
  private readonly log = new Logger(TellByText.name);

  constructor(
    private readonly unit: UnitOfWork,
    private readonly sender: CodeSender,
  ) {}

  code(phone: string, code: string): void {
    this.after(() => this.sender.send(phone, code));
  }

  news(phone: string, news: SignInNews): void {
    this.after(() => this.sender.tell(phone, news));
  }

  /** A driver's error message may contain a phone number, so it is left out. */
  private after(send: () => Promise<void>): void {
    this.unit.afterCommit(() => {
      send().catch((fault: unknown) =>
        this.log.error(`a text about a sign-in could not be sent: ${fault instanceof Error ? fault.name : typeof fault}`),
      );
    });
  }
}
