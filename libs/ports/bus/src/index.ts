export type {
  Backlog,
  BatchHandler,
  Bus,
  Consumption,
  Message,
  MessageOutcome,
  OutgoingMessage,
} from './bus.port.js';
export { busLimits, refuseTooLarge } from './limits.js';
