import * as documents from './documents.messages';

/** Documents change with an import or a release only. */
const documentCacheSeconds = 300;

/** Messages of the routes for the forum documents; `route-shapes.ts` checks their form with all others. */
export const documentShapes = {
  listDocuments: {
    query: documents.documentQuery,
    answer: documents.documentList,
    cacheSeconds: documentCacheSeconds,
    summary: 'The forum documents that the idea of this product comes from',
  },
  searchDocuments: {
    query: documents.documentSearchQuery,
    answer: documents.found,
    cacheSeconds: documentCacheSeconds,
    summary: 'Sections that answer a question in any of the four languages, the best first',
  },
  listFigures: {
    query: documents.documentQuery,
    answer: documents.figures,
    cacheSeconds: documentCacheSeconds,
    summary: 'Every figure of the documents, with its source',
  },
  listProblems: {
    query: documents.documentQuery,
    answer: documents.problems,
    cacheSeconds: documentCacheSeconds,
    summary: 'Problems that the documents name, and where this product answers them',
  },
  getDocument: {
    params: { slug: documents.documentSlug },
    query: documents.documentQuery,
    answer: documents.readDocument,
    cacheSeconds: documentCacheSeconds,
    summary: 'A document: its digest, its sections and figures',
  },
  getSection: {
    params: { slug: documents.documentSlug, section: documents.documentSlug },
    query: documents.documentQuery,
    answer: documents.readSection,
    cacheSeconds: documentCacheSeconds,
    summary: 'A section: its digest, figures and, where it was imported, the original',
  },
};
