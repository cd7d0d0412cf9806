export {
  createDeliveries,
  deliveriesCollection,
  deliveryPartsCollection,
  type Deliveries,
  type DeliveryRecord,
  type Packer,
} from './deliveries/deliveries.js';
export {
  createQuarantine,
  quarantineCollection,
  type Quarantine,
  type Quarantined,
} from './quarantine/quarantine.js';
export {
  readQuarantine,
  type QuarantinedShown,
  type ReadQuarantine,
} from './quarantine/read-quarantine.js';
export {
  readDeliveries,
  type DeliveryQuery,
  type ReadDeliveries,
} from './read-deliveries/read-deliveries.js';
export { createAllowance, type Allowance } from './receive-delivery/allowance.js';
export { answerOf } from './receive-delivery/answer-of.js';
export { answerRequest } from './receive-delivery/answer-request.js';
export {
  receiveDelivery,
  type DoorRequest,
  type Received,
} from './receive-delivery/receive-delivery.js';
export {
  reprocessDeliveries,
  type Reprocessed,
  type Reprocessing,
} from './reprocess-deliveries/reprocess-deliveries.js';
export { apiSourceOf, readerOf, type Reader, type Source, type Sources } from './sources.js';
export { takeInDeliveries, type TakenIn } from './take-in-deliveries/take-in-deliveries.js';
