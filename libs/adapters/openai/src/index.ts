export {
  GROQ_URL,
  groqChatModel,
  openaiChatModel,
  type GroqChatModelOptions,
  type OpenaiChatModelOptions,
} from './chat/open-chat-models.js';
export type { OpenaiServer } from './client.js';
export { openaiEmbedder, type EmbedderLimits, type OpenaiEmbedderOptions } from './embedder.js';
