export { createJournal, type Journal, type Observation } from './journal.js';
