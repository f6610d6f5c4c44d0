import { Module } from '@nestjs/common';
import { ImportNewsletter } from './import-newsletter';
import { KeepDigests } from './keep-digests';
import { ListDocuments } from './list-documents';
import { ReadDocument } from './read-document';
import { SearchDocuments } from './search-documents';
import { WriteTexts } from './write-texts';

const readers = [ListDocuments, ReadDocument, SearchDocuments];
const writers = [KeepDigests, ImportNewsletter];

/** The forum documents, to read. */
@Module({ providers: readers, exports: readers })
export class DocumentsModule {}

/** Writes the documents; works only on a database that is opened with the import's login. */
@Module({ providers: [...writers, WriteTexts], exports: writers })
export class DocumentsImportModule {}
