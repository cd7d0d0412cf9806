export type {
  ChatMessage,
  ChatModel,
  ChatPiece,
  ChatRequest,
  ChatTool,
  ChatUsage,
  ToolCall,
} from './chat-model.port.js';
export type { TokenPrice } from './token-price.js';
