export { builtRoles, type Role } from './roles.js';
export { describeSettings, type DescribedSetting } from './settings/describe.js';
export { credentialSettingsOf, secretsSettingOf } from './settings/provider-areas.js';
export { readSettings, type Settings } from './settings/read-settings.js';
export { renderEnvExample, renderSettingsPage } from './settings/render.js';
export { SettingsError } from './settings/settings-error.js';
export type { Environment, Origin, ReadText } from './settings/texts.js';
export { provide, token, type Token } from './wiring/token.js';
export { acknowledge, type Acknowledgement } from './bus/acknowledge.js';
export { BusStrategy, type StrategyOptions } from './bus/bus-strategy.js';
export type { Bury, HandledBatch } from './bus/handle-batch.js';
export { Reactor, type ReactorOutcome, type React } from './bus/reactor.js';
export type { OnBatch } from './bus/subscription-runner.js';
export { JobOf, type Job, type JobEnd, type Wanted } from './jobs/job.js';
export { jobFate, type JobFate } from './jobs/job-outcome.js';
export { JobRunner, type JobRunnerParts, type OnRun } from './jobs/job-runner.js';
export { Jobs, JobsModule, type JobsOptions } from './jobs/jobs.module.js';
export { FaultFilter } from './errors/fault-filter.js';
export { requestFault } from './errors/request-fault.js';
export { Health, type HealthReport, type PartState } from './health/health.js';
export { silentLog, type Log, type LogFields, type LogLevel } from './logs/log.js';
export { NestLogger } from './logs/nest-logger.js';
export { pinoLog } from './logs/pino-log.js';
export { traceOf, traceparentOf } from './tracing/request-trace.js';
export { currentTraceparent, inSpan } from './tracing/spans.js';
export { startTracing, tracesAddress } from './tracing/start-tracing.js';
export { PlatformModule, type PlatformOptions } from './health/platform.module.js';
export { eventStream, type StreamListener, type StreamedEvent } from './http/event-stream.js';
export { createHttpApp, type HttpAppOptions, type OnAnswer } from './http/http-app.js';
export { idempotencyKey } from './http/idempotency-key.js';
export { CheckedQuery, JsonBody, parseJson } from './http/json-body.js';
export { Serves, type ServedRoute } from './http/serves.js';
export { startHttpApp } from './http/start-http-app.js';
export { stopOnSignal, type Stopping } from './http/stop-on-signal.js';
export { eventsScript } from './pages/events-script.js';
export { leavingDetails } from './pages/leaving-details.js';
export { html, Html, ours } from './pages/html.js';
export { look } from './pages/look.js';
export { pageHeaders, scriptedPage, tokenScript } from './pages/scripted-page.js';
export { Caller, NeedsRole, operatorOf, SigningKey } from './identity/needs-role.js';
export { issueToken, LOCAL_OPERATOR, verifyToken, type Operator } from './identity/tokens.js';
export {
  principalOfPerson,
  principalsInRoom,
  principalsOf,
  type PersonWhoReads,
  type PrincipalParts,
  type RoomPrincipalParts,
} from './identity/principals.js';
export { Metrics } from './metrics/metrics.js';
export {
  DATA_FORMAT,
  openDataDirectory,
  readRunning,
  readSecret,
  type DataDirectory,
  type Running,
} from './composition/data-directory.js';
export {
  assembleDataDirectory,
  type AssembledDirectory,
} from './composition/assemble-data-directory.js';
export { proveRestored, type ProveRestoredOptions } from './composition/prove-restored.js';
export type { SealedProbe, StandingPlatform } from './composition/standing-platform.js';
export { opensWith, standEmbedded } from './composition/stand-embedded.js';
export { standMongodb, type StandMongodbOptions } from './composition/stand-mongodb.js';
export { needsDataDirectory, openParts } from './composition/open-parts.js';
export type { BackEnd, Parts } from './composition/parts.js';
export {
  AnsweringContext,
  BackupsContext,
  CaptureContext,
  CatalogContext,
  contexts,
  IndexDeskContext,
  IntakeContext,
  KnowledgeContext,
  OperationsContext,
  RoomsContext,
} from './composition/contexts.js';
export { Process } from './composition/process.js';
export { startTicker, type StartedTicker, type TickingWork } from './tickers/start-ticker.js';
export { TickerNamed, type Ticker } from './tickers/ticker.js';
export { TickersModule } from './tickers/tickers.module.js';
export { demoQuestions, isDemoDirectory } from './composition/demo-directory.js';
export { runProcess, type RoleModules, type RunningProcess } from './composition/run-process.js';
export { leavingText, whatLeaves, type LeavingText } from './composition/what-leaves.js';
export { startProgram } from './composition/start-program.js';
export { whileLeading, type LeadingStep } from './leases/while-leading.js';
export { systemTimers, type Timers } from './leases/timers.js';
export {
  leaseTimes,
  underLease,
  type LeasedWork,
  type LeaseTimes,
  type UnderLease,
} from './leases/under-lease.js';
export {
  runProjector,
  type Projector,
  type ProjectorParts,
  type RunningProjector,
} from './projector/run-projector.js';
