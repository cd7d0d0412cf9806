export {
  DOCUMENT_LIMIT,
  type Collection,
  type Documents,
  type Fence,
  type FencedDocument,
  type FieldValue,
  type NewDocument,
  type Page,
  type PutOutcome,
  type Query,
  type StoredDocument,
  type Swapped,
} from './documents.port.js';
export type { Leases, LeaseState } from './leases.port.js';
