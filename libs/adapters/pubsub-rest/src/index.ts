export { pubsubRest, type PubsubRestOptions } from './publish.js';
