import { Readable } from 'node:stream';
import { Controller, Headers, StreamableFile } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type InputOf, routes, type StatementAnswer } from '@timebank/contract';
import { OpenStatement, type Statement, statementCsv, statementJson, statementPdf, statementXlsx } from '@timebank/hours';
import { Caller, Endpoint, Input } from './http/endpoint';
import { languageOf } from './http/language.rules';

/** Entries that a form can bear: what is streamed, a busy account's year many times over; what is drawn or proven as a whole, less. */
const most = { statementCsv: 1_000_000, statementXlsx: 200_000, statementJson: 5_000, statementPdf: 5_000 };

type Form = 'statementCsv' | 'statementXlsx' | 'statementPdf';
const named = { statementCsv: 'csv', statementXlsx: 'xlsx', statementPdf: 'pdf' };

function file(form: Form, { account, period }: Statement, content: Readable | Buffer): StreamableFile {
  const { media } = routes[form];
  const options = {
    type: media.startsWith('text/') ? `${media}; charset=utf-8` : media,
    disposition: `attachment; filename="statement-${account.accountId}-${period.firstDay}-${period.lastDay}.${named[form]}"`,
  };
  return content instanceof Readable ? new StreamableFile(content, options) : new StreamableFile(content, options);
}

/** A statement of an account in four forms. Words follow `language`, else Accept-Language, else Chinese; a CSV for nobody in particular has codes. */
@Controller()
export class StatementsController {
  constructor(private readonly openStatement: OpenStatement) {}

  @Endpoint('statementCsv')
  async csv(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'statementCsv'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<StreamableFile> {
    const statement = await this.openStatement.run(caller, params.bankId, params.accountId, query, most.statementCsv);
    return file('statementCsv', statement, Readable.from(statementCsv(statement, null, query.language ?? languageOf(liked))));
  }

  @Endpoint('statementXlsx')
  async xlsx(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'statementXlsx'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<StreamableFile> {
    const statement = await this.openStatement.run(caller, params.bankId, params.accountId, query, most.statementXlsx);
    return file(
      'statementXlsx',
      statement,
      Readable.from(statementXlsx(statement, null, query.language ?? languageOf(liked) ?? 'zh-Hans')),
    );
  }

  @Endpoint('statementPdf')
  async pdf(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'statementPdf'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<StreamableFile> {
    const statement = await this.openStatement.run(caller, params.bankId, params.accountId, query, most.statementPdf);
    return file('statementPdf', statement, await statementPdf(statement, null, query.language ?? languageOf(liked) ?? 'zh-Hans'));
  }

  @Endpoint('statementJson')
  async json(@Caller() caller: Actor, @Input() { params, query }: InputOf<'statementJson'>): Promise<StatementAnswer> {
    return statementJson(await this.openStatement.run(caller, params.bankId, params.accountId, query, most.statementJson));
  }
}
