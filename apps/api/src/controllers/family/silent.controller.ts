import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, CheckIn, Finding, InputOf, Stored, ToldFinding, Waiting } from '@timebank/contract';
import { Findings, SilentElders } from '@timebank/family';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Elders who do not ask, and of whom others tell. */
@Controller()
export class SilentController {
  constructor(
    private readonly silentElders: SilentElders,
    private readonly findings: Findings,
  ) {}

  @Endpoint('listSilent')
  list(@Input() { params, query }: InputOf<'listSilent'>): Promise<AnswerOf<'listSilent'>> {
    return this.silentElders.list(params.bankId, query);
  }

  @Endpoint('putCheckIn')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCheckIn'>): Promise<Stored<CheckIn>> {
    return this.silentElders.put(caller, params.bankId, params.memberId, params.checkInId, body);
  }

  @Endpoint('putFinding')
  tell(@Input() { params, body }: InputOf<'putFinding'>): Promise<Stored<ToldFinding>> {
    return this.findings.put(params.bankId, params.findingId, body);
  }

  @Endpoint('listFindings')
  told(@Input() { params, query }: InputOf<'listFindings'>): Promise<AnswerOf<'listFindings'>> {
    return this.findings.list(params.bankId, query);
  }

  @Endpoint('endFinding')
  end(@Caller() caller: Actor, @Input() { params, body }: InputOf<'endFinding'>): Promise<Finding> {
    return this.findings.end(caller, params.bankId, params.findingId, body.result);
  }

  @Endpoint('keepFinding')
  keep(@Caller() caller: Actor, @Input() { params, body }: InputOf<'keepFinding'>): Promise<Finding | Waiting> {
    return this.findings.keep(caller, params.bankId, params.findingId, body.reasonCode);
  }
}
