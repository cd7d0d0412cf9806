export type { EmbeddedSort, Embedder, EmbeddingModel } from './embedder.port.js';
