export { alertClearedV1, type AlertClearedV1 } from './alert-cleared.v1.js';
export { alertRaisedV1, type AlertRaisedV1 } from './alert-raised.v1.js';
export { backupRunObservedV1, type BackupRunObservedV1 } from './backup-run-observed.v1.js';
export { calendarObservedV1, type CalendarObservedV1 } from './calendar-observed.v1.js';
export {
  callInsightObservedV1,
  type CallInsightObservedV1,
  type CallInsightObservedV1Personal,
} from './call-insight-observed.v1.js';
export {
  callObservedV1,
  type CallObservedV1,
  type CallObservedV1Personal,
} from './call-observed.v1.js';
export {
  callUtterancesObservedV1,
  type CallUtterancesObservedV1,
  type CallUtterancesObservedV1Personal,
} from './call-utterances-observed.v1.js';
export { canaryObservedV1, type CanaryObservedV1 } from './canary-observed.v1.js';
export {
  chatMemberObservedV1,
  type ChatMemberObservedV1,
  type ChatMemberObservedV1Personal,
} from './chat-member-observed.v1.js';
export {
  chatMessageAnnouncedV1,
  type ChatMessageAnnouncedV1,
} from './chat-message-announced.v1.js';
export {
  chatMessageObservedV1,
  type ChatMessageObservedV1,
  type ChatMessageObservedV1Personal,
} from './chat-message-observed.v1.js';
export {
  chatRoomObservedV1,
  type ChatRoomObservedV1,
  type ChatRoomObservedV1Personal,
} from './chat-room-observed.v1.js';
export {
  chatUserObservedV1,
  type ChatUserObservedV1,
  type ChatUserObservedV1Personal,
} from './chat-user-observed.v1.js';
export {
  colleagueObservedV1,
  type ColleagueObservedV1,
  type ColleagueObservedV1Personal,
} from './colleague-observed.v1.js';
export {
  contactObservedV1,
  type ContactObservedV1,
  type ContactObservedV1Personal,
} from './contact-observed.v1.js';
export {
  conversationObservedV1,
  type ConversationObservedV1,
  type ConversationObservedV1Personal,
} from './conversation-observed.v1.js';
export {
  deliveryNotUnderstoodV1,
  type DeliveryNotUnderstoodV1,
} from './delivery-not-understood.v1.js';
export { dialogueArchivedV1, type DialogueArchivedV1 } from './dialogue-archived.v1.js';
export {
  dialogueRenamedV1,
  type DialogueRenamedV1,
  type DialogueRenamedV1Personal,
} from './dialogue-renamed.v1.js';
export { eraBeganV1, type EraBeganV1 } from './era-began.v1.js';
export {
  guestMessageObservedV1,
  type GuestMessageObservedV1,
  type GuestMessageObservedV1Personal,
} from './guest-message-observed.v1.js';
export {
  guestObservedV1,
  type GuestObservedV1,
  type GuestObservedV1Personal,
} from './guest-observed.v1.js';
export { identitySettledV1, type IdentitySettledV1 } from './identity-settled.v1.js';
export { integrationObservedV1, type IntegrationObservedV1 } from './integration-observed.v1.js';
export {
  listingObservedV1,
  type ListingObservedV1,
  type ListingObservedV1Personal,
} from './listing-observed.v1.js';
export {
  noteObservedV1,
  type NoteObservedV1,
  type NoteObservedV1Personal,
} from './note-observed.v1.js';
export {
  noticeObservedV1,
  type NoticeObservedV1,
  type NoticeObservedV1Personal,
} from './notice-observed.v1.js';
export type {
  ColleagueData,
  ColleaguePersonal,
  ContactData,
  ContactPersonal,
  LineData,
  LinePersonal,
  MoneyData,
} from './parts.js';
export {
  paymentObservedV1,
  type PaymentObservedV1,
  type PaymentObservedV1Personal,
} from './payment-observed.v1.js';
export {
  phoneMessageObservedV1,
  type PhoneMessageObservedV1,
  type PhoneMessageObservedV1Personal,
} from './phone-message-observed.v1.js';
export {
  phoneNumberObservedV1,
  type PhoneNumberObservedV1,
  type PhoneNumberObservedV1Personal,
} from './phone-number-observed.v1.js';
export { factDefinitions, readFact } from './read-fact.js';
export { proofWindowWidenedV1, type ProofWindowWidenedV1 } from './proof-window-widened.v1.js';
export {
  questionAbstainedV1,
  type QuestionAbstainedV1,
  type QuestionAbstainedV1Personal,
} from './question-abstained.v1.js';
export {
  questionAnsweredV1,
  type QuestionAnsweredV1,
  type QuestionAnsweredV1Personal,
} from './question-answered.v1.js';
export {
  questionAskedBackV1,
  type QuestionAskedBackV1,
  type QuestionAskedBackV1Personal,
} from './question-asked-back.v1.js';
export {
  questionAskedV1,
  type QuestionAskedV1,
  type QuestionAskedV1Personal,
} from './question-asked.v1.js';
export { chatAnswerObservedV1, type ChatAnswerObservedV1 } from './chat-answer-observed.v1.js';
export { questionUnratedV1, type QuestionUnratedV1 } from './question-unrated.v1.js';
export { questionWithdrawnV1, type QuestionWithdrawnV1 } from './question-withdrawn.v1.js';
export {
  questionRatedV1,
  type QuestionRatedV1,
  type QuestionRatedV1Personal,
} from './question-rated.v1.js';
export type { CitationData } from './question-parts.js';
export {
  reservationObservedV1,
  type ReservationObservedV1,
  type ReservationObservedV1Personal,
} from './reservation-observed.v1.js';
export {
  reviewObservedV1,
  type ReviewObservedV1,
  type ReviewObservedV1Personal,
} from './review-observed.v1.js';
export { streamErasedV1, type StreamErasedV1 } from './stream-erased.v1.js';
export {
  taskObservedV1,
  type TaskObservedV1,
  type TaskObservedV1Personal,
} from './task-observed.v1.js';
export {
  voiceAgentObservedV1,
  type VoiceAgentObservedV1,
  type VoiceAgentObservedV1Personal,
} from './voice-agent-observed.v1.js';
