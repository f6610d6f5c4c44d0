import { Readable } from 'node:stream';
import { Controller, Headers, Inject, Res, StreamableFile } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type InputOf, type Language, type ParamsOf, routes, type StatementAnswer, type StatementQuery } from '@timebank/contract';
import { OpenStatement, ProveStatement, type Statement, statementCsv, statementFileName } from '@timebank/hours';
import { wholeOf } from '@timebank/hours/drawing';
import type { FastifyReply } from 'fastify';
import { APP_OPTIONS, type AppOptions } from '../../app.options';
import { Drawing } from '../../drawing/drawing';
import { Caller, Endpoint, Input } from '../../http/endpoint';
import { dispositionOf } from '../../http/file-name.rules';
import { languageOf, tableLanguage } from '../../http/language.rules';

/** Entries that a form can bear: what is streamed, a busy account's year many times over; what is drawn or proven as a whole, less. */
const most = { statementCsv: 1_000_000, statementXlsx: 200_000, statementJson: 5_000, statementPdf: 5_000 };

type Form = keyof typeof most;
const endings: Record<Form, string> = { statementCsv: 'csv', statementXlsx: 'xlsx', statementJson: 'json', statementPdf: 'pdf' };

/** Letters as a header can say them. */
const numbersOf = (letters: readonly string[]) =>
  letters
    .map((letter) => Array.from(letter, (sign) => `U+${(sign.codePointAt(0) as number).toString(16).toUpperCase()}`).join('+'))
    .join(' ');

const nameFor = (form: Form, statement: Statement, language: Language) =>
  dispositionOf(
    statementFileName(statement, language),
    endings[form],
    `statement-${statement.period.firstDay}-${statement.period.lastDay}`,
  );

function file(form: Form, statement: Statement, language: Language, content: Readable | Buffer): StreamableFile {
  const { media } = routes[form];
  const options = { type: media.startsWith('text/') ? `${media}; charset=utf-8` : media, disposition: nameFor(form, statement, language) };
  return content instanceof Readable ? new StreamableFile(content, options) : new StreamableFile(content, options);
}

/**
 * A statement of an account in four forms. Words follow `language`, else Accept-Language, else Chinese; a CSV without a language has codes. A PDF's
 * header `unprintable` names the letters that it shows as numbers.
 */
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
    const language = tableLanguage(query, liked, null);
    return file('statementCsv', statement, language ?? 'zh-Hans', Readable.from(statementCsv(statement, language)));
  }

  @Endpoint('statementXlsx')
  async xlsx(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'statementXlsx'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<StreamableFile> {
    const statement = await this.open('statementXlsx', caller, params, query);
    const language = tableLanguage(query, liked, 'zh-Hans');
    return file('statementXlsx', statement, language ?? 'zh-Hans', Readable.from(this.drawing.draw('xlsx', statement, language)));
  }

  @Endpoint('statementPdf')
  async pdf(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'statementPdf'>,
    @Headers('accept-language') liked: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const statement = await this.open('statementPdf', caller, params, query);
    const language = query.language ?? languageOf(liked) ?? 'zh-Hans';
    const { bytes, unprintable } = await wholeOf(this.drawing.draw('pdf', statement, language));
    if (unprintable.length > 0) void reply.header('unprintable', numbersOf(unprintable));
    return file('statementPdf', statement, language, bytes);
  }

  @Endpoint('statementJson')
  async json(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'statementJson'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatementAnswer> {
    const statement = await this.open('statementJson', caller, params, query);
    const answer = await this.proveStatement.run(statement);
    void reply.header('content-disposition', nameFor('statementJson', statement, query.language ?? 'zh-Hans'));
    return answer;
  }

  private open(form: Form, caller: Actor, params: ParamsOf<Form>, query: StatementQuery): Promise<Statement> {
    return this.openStatement.run(caller, params.bankId, params.accountId, query, {
      mostEntries: most[form],
      origin: this.options.origin,
    });
  }
}
