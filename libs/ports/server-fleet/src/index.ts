export type {
  FleetServer,
  FleetServerStatus,
  FleetWatch,
  ServerFleet,
  ServerOrder,
} from './server-fleet.port.js';
