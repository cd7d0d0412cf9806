export { composeCapture, type Capture } from './compose.js';
export type {
  CaptureItem,
  CaptureNotice,
  CaptureParts,
  CapturePhase,
  DueRemoval,
  EntityIdForm,
  FeedExamination,
  FollowedFeed,
  FollowedGroups,
  GroupRule,
  LeaderOptions,
  ParkedDocument,
  WaitingDeletion,
} from './followed-feed.js';
