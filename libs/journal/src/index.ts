export { projectionsCollection, readCheckpoint, type ProjectorCheckpoint } from './checkpoints.js';
export { ERASURES } from './erased-streams.js';
export { createJournal, type Journal, type Observation, type Written } from './journal.js';
