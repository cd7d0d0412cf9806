export {
  qdrantSearchIndex,
  type QdrantSearchIndex,
  type QdrantSearchIndexOptions,
} from './search-index.js';
export type { QdrantPatience } from './server.js';
