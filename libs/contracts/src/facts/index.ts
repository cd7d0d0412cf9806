export {
  callObservedV1,
  type CallObservedV1,
  type CallObservedV1Personal,
} from './call-observed.v1.js';
export { canaryObservedV1, type CanaryObservedV1 } from './canary-observed.v1.js';
export {
  colleagueObservedV1,
  type ColleagueObservedV1,
  type ColleagueObservedV1Personal,
} from './colleague-observed.v1.js';
export {
  contactObservedV1,
  type ContactObservedV1,
  type ContactObservedV1Personal,
} from './contact-observed.v1.js';
export {
  deliveryNotUnderstoodV1,
  type DeliveryNotUnderstoodV1,
} from './delivery-not-understood.v1.js';
export { eraBeganV1, type EraBeganV1 } from './era-began.v1.js';
export type {
  ColleagueData,
  ColleaguePersonal,
  ContactData,
  ContactPersonal,
  LineData,
  LinePersonal,
  MoneyData,
} from './parts.js';
export {
  phoneNumberObservedV1,
  type PhoneNumberObservedV1,
  type PhoneNumberObservedV1Personal,
} from './phone-number-observed.v1.js';
export { factDefinitions, readFact } from './read-fact.js';
export { streamErasedV1, type StreamErasedV1 } from './stream-erased.v1.js';
