import { Injectable } from '@nestjs/common';

/** Carries a one-time code to a phone. A city binds its text message service here. */
export abstract class CodeSender {
  abstract send(phone: string, code: string): Promise<void>;
}

/** The default prints the code to the log: the one secret that may stand there, since nothing else could deliver it. */
@Injectable()
export class LogCodeSender extends CodeSender {
  override async send(phone: string, code: string): Promise<void> {
    process.stdout.write(`${JSON.stringify({ event: 'sign_in_code', phone, code })}\n`);
  }
}
