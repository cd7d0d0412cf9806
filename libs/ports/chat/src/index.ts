export { refuseUnfitText, withoutQuotes } from './chat-text.js';
export {
  LONGEST_CHAT_TEXT,
  type ChangeOutcome,
  type Chat,
  type ChatAccount,
  type ChatExamination,
  type ChatExaminer,
  type ChatObstacle,
  type ChatReaction,
  type NewChatMessage,
  type PostOutcome,
  type RoomMessage,
  type TalkRoom,
} from './chat.port.js';
