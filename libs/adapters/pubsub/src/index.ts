export { pubsubBus, type PubsubBus } from './bus.js';
export type { PubsubOptions } from './client.js';
