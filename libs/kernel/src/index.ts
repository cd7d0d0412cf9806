export {
  groupPrincipal,
  mayRead,
  roomPrincipal,
  staff,
  supersetOf,
  userPrincipal,
  type Audience,
  type Principal,
  type Principals,
  type Readers,
} from './audience.js';
export type { Awaitable } from './awaitable.js';
export { backoffDelay, type Backoff } from './backoff.js';
export { fromHex, joinBytes, strictTextOf, textOf, toHex, utf8, utf8Before } from './bytes.js';
export { CLOCKS_APART_MS, systemClock, type Clock } from './clock.js';
export { codes, type Code, type CodeEntry } from './codes.js';
export { asFault, Fault, fault, succeeded, type FaultOptions } from './fault.js';
export { sameAsSecret, sameDigest, webHash, type Hash } from './hash.js';
export { derivedId, isId, randomId, type Id } from './ids.js';
export { canonicalJson, JSON_DEPTH_LIMIT, type Json, type JsonObject } from './json.js';
export { kindRules, type FaultKind, type KindRule, type MessageFate } from './kinds.js';
export { mentionsOneOf } from './mentions.js';
export { minorDigitsOf, moneyText, pointed, type Money } from './money.js';
export { mayAct, operatorRoles, type OperatorRole } from './operator-roles.js';
export { PROBLEM_TYPE, problemHeaders, problemOf, type Problem } from './problem.js';
export { Recent } from './recent.js';
export { Secret } from './secret.js';
export {
  formatTraceparent,
  nextTraceparent,
  parseTraceparent,
  type Traceparent,
} from './traceparent.js';
