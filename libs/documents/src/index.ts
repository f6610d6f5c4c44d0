export { DocumentsImportModule, DocumentsModule } from './documents.module';
export { ImportNewsletter, type NewsletterImport } from './import-newsletter';
export { type Digests, KeepDigests } from './keep-digests';
export { ListDocuments } from './list-documents';
export { ReadDocument } from './read-document';
export { SearchDocuments } from './search-documents';
