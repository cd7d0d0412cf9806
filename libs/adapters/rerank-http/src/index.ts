export { httpReranker, type HttpRerankerOptions } from './reranker.js';
