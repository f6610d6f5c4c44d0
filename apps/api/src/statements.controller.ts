import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Controller, Headers, Inject, Res, StreamableFile } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type InputOf, type ParamsOf, routes, type StatementAnswer, type StatementQuery } from '@timebank/contract';
import { OpenStatement, ProveStatement, type Statement, statementCsv } from '@timebank/hours';
import type { FastifyReply } from 'fastify';
import { APP_OPTIONS, type AppOptions } from './app.options';
import { Drawing } from './drawing/drawing';
import { Caller, Endpoint, Input } from './http/endpoint';
import { languageOf } from './http/language.rules';

/** Entries that a form can bear: what is streamed, a busy account's year many times over; what is drawn or proven as a whole, less. */
const most = { statementCsv: 1_000_000, statementXlsx: 200_000, statementJson: 5_000, statementPdf: 5_000 };

type Form = keyof typeof most;
const endings: Record<Form, string> = { statementCsv: 'csv', statementXlsx: 'xlsx', statementJson: 'json', statementPdf: 'pdf' };

const dispositionOf = (form: Form, { account, period }: Statement) =>
  `attachment; filename="statement-${account.accountId}-${period.firstDay}-${period.lastDay}.${endings[form]}"`;

function file(form: Form, statement: Statement, content: Readable | Buffer): StreamableFile {
  const { media } = routes[form];
  const options = { type: media.startsWith('text/') ? `${media}; charset=utf-8` : media, disposition: dispositionOf(form, statement) };
  return content instanceof Readable ? new StreamableFile(content, options) : new StreamableFile(content, options);
}

/** A statement of an account in four forms. Words follow `language`, else Accept-Language, else Chinese; a CSV for nobody in particular has codes. */
@Controller()
export class StatementsController {
  constructor(
    private readonly openStatement: OpenStatement,
    private readonly proveStatement: ProveStatement,
    private readonly drawing: Drawing,
    @Inject(APP_OPTIONS) private readonly options: AppOptions,
  ) {}

  @Endpoint('statementCsv')
  async csv(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'statementCsv'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<StreamableFile> {
    const statement = await this.open('statementCsv', caller, params, query);
    return file('statementCsv', statement, Readable.from(statementCsv(statement, query.language ?? languageOf(liked))));
  }

  @Endpoint('statementXlsx')
  async xlsx(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'statementXlsx'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<StreamableFile> {
    const statement = await this.open('statementXlsx', caller, params, query);
    return file(
      'statementXlsx',
      statement,
      Readable.from(this.drawing.draw('xlsx', statement, query.language ?? languageOf(liked) ?? 'zh-Hans')),
    );
  }

  @Endpoint('statementPdf')
  async pdf(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'statementPdf'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<StreamableFile> {
    const statement = await this.open('statementPdf', caller, params, query);
    const drawn = await buffer(this.drawing.draw('pdf', statement, query.language ?? languageOf(liked) ?? 'zh-Hans'));
    return file('statementPdf', statement, drawn);
  }

  @Endpoint('statementJson')
  async json(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'statementJson'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatementAnswer> {
    const statement = await this.open('statementJson', caller, params, query);
    const answer = await this.proveStatement.run(statement);
    void reply.header('content-disposition', dispositionOf('statementJson', statement));
    return answer;
  }

  private open(form: Form, caller: Actor, params: ParamsOf<Form>, query: StatementQuery): Promise<Statement> {
    return this.openStatement.run(caller, params.bankId, params.accountId, query, {
      mostEntries: most[form],
      origin: this.options.origin,
    });
  }
}
