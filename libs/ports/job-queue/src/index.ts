export type {
  JobHandler,
  JobOutcome,
  JobQueue,
  JobRun,
  JobState,
  NewJob,
  Schedule,
  Work,
} from './job-queue.port.js';
export { jobLimits, refuseUnfit } from './limits.js';
