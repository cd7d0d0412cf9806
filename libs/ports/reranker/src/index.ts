export type { Reranker } from './reranker.port.js';
