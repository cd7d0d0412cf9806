export type { Budget, Outbound, OutboundAnswer, OutboundRequest } from './outbound.port.js';
export { repeating, type RepeatingOptions } from './repeating.js';
export { retryAfter } from './retry-after.js';
