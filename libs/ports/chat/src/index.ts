export {
  LONGEST_CHAT_TEXT,
  type ChangeOutcome,
  type Chat,
  type ChatAccount,
  type ChatExamination,
  type ChatExaminer,
  type ChatMessage,
  type ChatObstacle,
  type ChatReaction,
  type ChatRoom,
  type NewChatMessage,
  type PostOutcome,
} from './chat.port.js';
