import { Readable } from 'node:stream';
import { Controller, Headers, StreamableFile } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type AnswerOf, type Import, type InputOf, routes } from '@timebank/contract';
import { BringInByHand, ExportMembers, FailedRows, ReadImports } from '@timebank/imports';
import { Caller, Endpoint, Input } from '../../http/endpoint';
import { type FormFile, SentFile } from '../../http/form-file';
import { tableLanguage } from '../../http/language.rules';

const fileOf = (content: AsyncIterable<string | Uint8Array>, type: string, name: string) =>
  new StreamableFile(Readable.from(content), { type, disposition: `attachment; filename="${name}"` });

/** What a bank kept before, from files: taken in, looked at, done in the background. */
@Controller()
export class ImportsController {
  constructor(
    private readonly bringIn: BringInByHand,
    private readonly readImports: ReadImports,
    private readonly failedRows: FailedRows,
    private readonly exportMembers: ExportMembers,
  ) {}

  @Endpoint('listImports')
  list(@Input() { params, query }: InputOf<'listImports'>): Promise<AnswerOf<'listImports'>> {
    return this.readImports.list(params.bankId, query);
  }

  @Endpoint('createImport')
  create(@Caller() caller: Actor, @Input() { params }: InputOf<'createImport'>, @SentFile() file: FormFile): Promise<Import> {
    return this.bringIn.stage(caller, params.bankId, file);
  }

  @Endpoint('getImport')
  get(@Input() { params }: InputOf<'getImport'>): Promise<Import> {
    return this.readImports.one(params.bankId, params.importId);
  }

  @Endpoint('chooseImportColumns')
  choose(@Input() { params, body }: InputOf<'chooseImportColumns'>): Promise<Import> {
    return this.bringIn.choose(params.bankId, params.importId, body);
  }

  @Endpoint('checkImport')
  check(@Input() { params }: InputOf<'checkImport'>): Promise<Import> {
    return this.bringIn.check(params.bankId, params.importId);
  }

  @Endpoint('startImport')
  start(@Caller() caller: Actor, @Input() { params, body }: InputOf<'startImport'>): Promise<Import> {
    return this.bringIn.start(caller, params.bankId, params.importId, body ?? {});
  }

  @Endpoint('cancelImport')
  cancel(@Input() { params }: InputOf<'cancelImport'>): Promise<Import> {
    return this.bringIn.cancel(params.bankId, params.importId);
  }

  @Endpoint('failedRowsCsv')
  async failed(
    @Input() { params, query }: InputOf<'failedRowsCsv'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<StreamableFile> {
    const rows = await this.failedRows.run(params.bankId, params.importId, tableLanguage(query, liked, null));
    return fileOf(rows, 'text/csv; charset=utf-8', `failed-${params.importId.slice(-12)}.csv`);
  }

  @Endpoint('membersCsv')
  async membersCsv(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'membersCsv'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<StreamableFile> {
    const rows = await this.exportMembers.csv(caller, params.bankId, tableLanguage(query, liked, null));
    return fileOf(rows, 'text/csv; charset=utf-8', 'members.csv');
  }

  @Endpoint('membersXlsx')
  async membersXlsx(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'membersXlsx'>,
    @Headers('accept-language') liked: string | undefined,
  ): Promise<StreamableFile> {
    const bytes = await this.exportMembers.xlsx(caller, params.bankId, tableLanguage(query, liked, 'zh-Hans'));
    return fileOf(bytes, routes.membersXlsx.media, 'members.xlsx');
  }
}
