import { Controller } from '@nestjs/common';
import type { AnswerOf, InputOf } from '@timebank/contract';
import { ListDocuments, ReadDocument, SearchDocuments } from '@timebank/documents';
import { Endpoint, Input } from '../../http/endpoint';

/** The forum documents, for anyone to read. */
@Controller()
export class DocumentsController {
  constructor(
    private readonly listDocuments: ListDocuments,
    private readonly readDocument: ReadDocument,
    private readonly searchDocuments: SearchDocuments,
  ) {}

  @Endpoint('listDocuments')
  list(@Input() { query }: InputOf<'listDocuments'>): Promise<AnswerOf<'listDocuments'>> {
    return this.listDocuments.run(query);
  }

  @Endpoint('searchDocuments')
  search(@Input() { query }: InputOf<'searchDocuments'>): Promise<AnswerOf<'searchDocuments'>> {
    return this.searchDocuments.run(query);
  }

  @Endpoint('listFigures')
  figures(@Input() { query }: InputOf<'listFigures'>): Promise<AnswerOf<'listFigures'>> {
    return this.listDocuments.figures(query);
  }

  @Endpoint('listProblems')
  problems(@Input() { query }: InputOf<'listProblems'>): Promise<AnswerOf<'listProblems'>> {
    return this.listDocuments.problems(query);
  }

  @Endpoint('getDocument')
  get(@Input() { params, query }: InputOf<'getDocument'>): Promise<AnswerOf<'getDocument'>> {
    return this.readDocument.run(params.slug, query);
  }

  @Endpoint('getSection')
  section(@Input() { params, query }: InputOf<'getSection'>): Promise<AnswerOf<'getSection'>> {
    return this.readDocument.section(params.slug, params.section, query);
  }
}
