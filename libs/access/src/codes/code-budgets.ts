import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { ACCESS_OPTIONS, type AccessOptions } from '../access.options';

/** How many codes may be requested: for a number in an hour and a day, from an address in an hour. Many people share a station's address. */
const [ofNumberAnHour, ofNumberADay, ofAddressAnHour] = [5, 10, 60];
const defaultOfCityADay = 10_000;

type UsedCodes = { ofNumberHour: number; ofNumberDay: number; ofAddress: number; ofCity: number };

/**
 * Text messages cost money and wake people, so a number, an address and the city have a budget of codes, in real time. Requests for an unknown number
 * count like any other, so the refusal gives nothing away. The city's budget counts only codes that were sent.
 */
@Injectable()
export class CodeBudgets {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(ACCESS_OPTIONS) private readonly options: AccessOptions,
  ) {}

  /** Inside the unit that holds the phone's lock. Refuses `access/too_many_codes` with when to come back and the other way in. */
  async take(phone: string, placeHash: Buffer, isSent: boolean): Promise<void> {
    if (this.options.rateLimit ?? true) await this.refuseMore(phone, placeHash);
    await this.unit.query(
      'insert into sign_in_code_ask (ask_id, phone, place_hash, is_sent, asked_at) values ($1, $2, $3, $4, clock_timestamp())',
      [newId(), phone, placeHash, isSent],
    );
  }

  private async refuseMore(phone: string, placeHash: Buffer): Promise<void> {
    const used = await this.unit.one<UsedCodes>(
      `select (select count(*)::int from sign_in_code_ask where phone = $1 and asked_at > clock_timestamp() - interval '1 hour') as of_number_hour,
         (select count(*)::int from sign_in_code_ask where phone = $1 and asked_at > clock_timestamp() - interval '1 day') as of_number_day,
         (select count(*)::int from sign_in_code_ask where place_hash = $2 and asked_at > clock_timestamp() - interval '1 hour') as of_address,
         (select count(*)::int from sign_in_code_ask where is_sent and asked_at > clock_timestamp() - interval '1 day') as of_city`,
      [phone, placeHash],
    );
    if (!used) return;
    const isDayOver = used.ofNumberDay >= ofNumberADay || used.ofCity >= (this.options.codesADay ?? defaultOfCityADay);
    const isHourOver = used.ofNumberHour >= ofNumberAnHour || used.ofAddress >= ofAddressAnHour;
    if (isDayOver || isHourOver) {
      throw refuse('access/too_many_codes', { retryAfterSeconds: isDayOver ? 86_400 : 3_600, otherWay: 'password' });
    }
  }
}
