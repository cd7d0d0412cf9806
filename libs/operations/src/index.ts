export { sendCanary, type Knock } from './canary/send-canary.js';
export {
  createDeadLetters,
  deadLettersCollection,
  letterOf,
  type DeadLetter,
  type DeadLetters,
} from './dead-letters/dead-letters.js';
