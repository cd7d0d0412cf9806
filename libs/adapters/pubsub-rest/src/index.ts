export { readServiceAccount, type ServiceAccount } from './service-account.js';
export { pubsubRest, type PubsubRestOptions } from './publish.js';
