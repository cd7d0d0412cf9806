export { createJournal, type Journal, type Observation, type Written } from './journal.js';
