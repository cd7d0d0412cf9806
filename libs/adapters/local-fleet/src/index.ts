export { localFleet, type LocalFleetOptions } from './local-fleet.js';
