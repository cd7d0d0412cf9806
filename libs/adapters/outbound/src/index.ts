export type { Limits } from './exchange.js';
export type { Resolve, ResolvedAddress } from './guarded-lookup.js';
export {
  nodeFetch,
  type NodeFetch,
  type NodeFetchOptions,
  type StreamLimits,
} from './node-fetch.js';
export { isPublic } from './networks.js';
export { nodeOutbound, type NodeOutbound, type NodeOutboundOptions } from './outbound.js';
export { sharedBudget, type BudgetLimit, type SharedBudgetOptions } from './shared-budget.js';
