export {
  LONGEST_CHAT_TEXT,
  type ChangeOutcome,
  type Chat,
  type ChatAccount,
  type ChatExamination,
  type ChatExaminer,
  type RoomMessage,
  type ChatObstacle,
  type ChatReaction,
  type TalkRoom,
  type NewChatMessage,
  type PostOutcome,
} from './chat.port.js';
