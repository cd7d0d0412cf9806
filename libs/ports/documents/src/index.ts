export { planQuery, type PageCursor, type QueryPlan, type QueryRange } from './cursor.js';
export type {
  Collection,
  Documents,
  Fence,
  FencedDocument,
  FieldValue,
  NewDocument,
  Page,
  PutOutcome,
  Query,
  StoredDocument,
  Swapped,
} from './documents.port.js';
export type { Leases, LeaseState } from './leases.port.js';
export {
  assertDeclared,
  DOCUMENT_LIMIT,
  indexesOf,
  KEY_LIMIT,
  storedBody,
  storedFields,
} from './limits.js';
export { documentPages, everyDocument, everyPage } from './pages.js';
