export type { OpenaiServer } from './client.js';
export { openaiEmbedder, type OpenaiEmbedderOptions } from './embedder.js';
