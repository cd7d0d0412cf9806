export { servedRoutes, describedRoutes, responderRoutes } from './all-routes.js';
export {
  archiveDialogue,
  ask,
  asking,
  dialoguesQuery,
  listDialogues,
  rate,
  rating,
  renameDialogue,
  showDialogue,
  showQuestion,
  titling,
  type AskedQuestionBody,
  type DialogueAnswer,
  type DialogueListed,
  type DialoguesQuery,
  type AnswerDocument,
  type AnswerEvent,
  type RatingBody,
  type TitlingBody,
} from './answering.routes.js';
export {
  modelUseQuery,
  showModelUse,
  type ModelUseAnswer,
  type ModelUseQuery,
  type UseShown,
} from './model-use.routes.js';
export {
  checkFeeds,
  confirmDeletion,
  listFeeds,
  resnapshot,
  type CheckedFeedAnswer,
  type FeedAnswer,
} from './capture.routes.js';
export { checkChat, type ChatCheckItem } from './chat.routes.js';
export {
  dropLetter,
  letterQuery,
  listLetters,
  redriveAllLetters,
  redriveLetter,
  redriving,
  showLetter,
  type AskedRedriving,
  type LetterAnswer,
  type LetterListQuery,
} from './dead-letters.routes.js';
export {
  deliveryQuery,
  dropQuarantined,
  listDeliveries,
  listQuarantine,
  quarantineQuery,
  reprocess,
  reprocessing,
  retryQuarantine,
  retryQuarantineWithin,
  showDelivery,
  showRaw,
  widening,
  type AskedReprocessing,
  type AskedWidening,
  type DeliveryAnswer,
  type DeliveryListQuery,
  type QuarantineListQuery,
} from './deliveries.routes.js';
export {
  factQuery,
  listFacts,
  showFact,
  traceThing,
  type FactAnswer,
  type FactListQuery,
  type FactPageAnswer,
  type StageAnswer,
  type TraceAnswer,
} from './facts.routes.js';
export {
  listQuestions,
  questionsQuery,
  settle,
  settling,
  showLinks,
  type AskedSettling,
  type LinksAnswer,
  type QuestionAnswer,
  type QuestionsQuery,
} from './links.routes.js';
export {
  noteName,
  noting,
  removeNote,
  saveNote,
  type AskedNoting,
  type NoteName,
  type RemovedNoteAnswer,
  type SavedNoteAnswer,
} from './notes.routes.js';
export {
  showAskPage,
  showDocs,
  showOpenApi,
  showRecordPage,
  showStartPage,
} from './open.routes.js';
export {
  createOnBus,
  declareRestored,
  erase,
  erasing,
  listSettings,
  showDoctor,
  showMissingOnBus,
  verifyLog,
  type AskedErasing,
  type ErasureAnswer,
  type ExaminationAnswer,
  type VerifyLine,
} from './operations.routes.js';
export {
  askRebuild,
  cancelRebuilds,
  rebuilding,
  showRebuild,
  type AskedRebuilding,
  type RebuildAnswer,
} from './rebuilds.routes.js';
export {
  historyQuery,
  listRecords,
  recordQueries,
  showRecord,
  showRecordContent,
  type HistoryQuery,
  type RecordAnswer,
  type RecordHistoryAnswer,
} from './records.routes.js';
export {
  pathOf,
  statusOf,
  type PlainCall,
  type RouteAnswer,
  type RouteBody,
  type RouteCall,
  type RouteEvent,
  type RouteItem,
  type RouteLine,
  type RouteNote,
  type RouteQuery,
} from './route.js';
export { search, searchQuery, type SearchAnswer, type SearchQuery } from './search.routes.js';
export { listSources, type SourceAnswer, type TallyAnswer } from './sources.routes.js';
export {
  importAsked,
  showSync,
  startSync,
  stopSync,
  type AskedImport,
  type SyncRunAnswer,
  type SyncSourceAnswer,
} from './sync.routes.js';
export { withUnknownMembers } from './unknown-members.js';
