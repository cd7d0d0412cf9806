export { hetznerFleet } from './fleet.js';
export type { HetznerFleetOptions, HetznerLimits } from './options.js';
