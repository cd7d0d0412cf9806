export { projectionsCollection, readCheckpoint, type ProjectorCheckpoint } from './checkpoints.js';
export type { DecidedEvent, Decider, Evolution, RecordedEvent } from './decider.js';
export { ERASURES } from './erased-streams.js';
export { createJournal, type Journal } from './journal.js';
export type { FactObservation, WrittenObservation } from './observation.js';
export type { CommandForStream, DecisionOutcome, StreamSnapshot } from './run-decider.js';
