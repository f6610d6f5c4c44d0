import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options';

/** Tells a person about their sign-in, or what became of asking to join, outside the app: by text to their phone. */
export type SignInNews = 'reset_started' | 'password_changed' | 'phone_moved' | 'joining_accepted' | 'joining_refused';

/**
 * Carries a one-time code, or news of a sign-in, to a phone. The text is the driver's own: codes and kinds come here, no sentences.
 * A city names the address of its text message service by CODE_SENDER.
 */
export abstract class CodeSender {
  abstract send(phone: string, code: string): Promise<void>;
  abstract tell(phone: string, news: SignInNews): Promise<void>;
}

const masked = (phone: string) => `${'*'.repeat(Math.max(0, phone.length - 4))}${phone.slice(-4)}`;
const print = (line: Record<string, unknown>) => void process.stdout.write(`${JSON.stringify(line)}\n`);

/**
 * Prints to the log instead, with only the end of the number: for trying out, where nothing else could deliver the code. In production only if a
 * setting asks for it.
 */
@Injectable()
export class LogCodeSender extends CodeSender {
  override async send(phone: string, code: string): Promise<void> {
    print({ event: 'sign_in_code', phone: masked(phone), code });
  }

  override async tell(phone: string, news: SignInNews): Promise<void> {
    print({ event: 'sign_in_news', phone: masked(phone), news });
  }
}

/** Longest wait for the service, in milliseconds. */
const longestWait = 10_000;

/** Hands codes and news to a text message service of the city's own as JSON: `{"phone","code"}` or `{"phone","news"}`. Anything but 2xx is a fault. */
@Injectable()
export class HttpCodeSender extends CodeSender {
  constructor(@Inject(ACCESS_OPTIONS) private readonly options: AccessOptions) {
    super();
  }

  override send(phone: string, code: string): Promise<void> {
    return this.post({ phone, code });
  }

  override tell(phone: string, news: SignInNews): Promise<void> {
    return this.post({ phone, news });
  }

  private async post(body: Record<string, string>): Promise<void> {
    const { url, token } = this.options.codeService ?? { url: '', token: null };
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(longestWait),
    });
    if (!answer.ok) throw new Error(`the text message service answered ${answer.status}`);
  }
}
