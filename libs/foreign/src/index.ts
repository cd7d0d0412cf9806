export { acceptedOf } from './accepted.js';
export {
  CANARY_EVENT,
  canaryOf,
  eventName,
  jsonObjectOf,
  jsonOf,
  notUnderstood,
  unread,
  unreadField,
} from './delivery-reading.js';
export { plainOfExtended } from './extended-json.js';
export { localDate } from './local-date.js';
export { currencyOf, moneyOf, scaledOf } from './money.js';
export { ANONYMOUS, phoneOf, phoneText, type Phone } from './phone.js';
export {
  flag,
  hasNonFinite,
  id,
  instant,
  instantOfSeconds,
  label,
  listOf,
  nonEmpty,
  objectOf,
  objectsOf,
  present,
  presentAny,
  text,
  whole,
  word,
  type Foreign,
} from './read-foreign.js';
export {
  faultOfAnswer,
  isGone,
  isGood,
  unreadable,
  type ApiAnswer,
  type AskedFor,
} from './api-answer.js';
export { bodyOfPiece, parsedJson, pieceAt, piecesAt, type Piece } from './json-pieces.js';
export { readPlace, writePlace } from './place.js';
export { base64Of, bytesOfBase64 } from './base64.js';
export {
  messageIdFor,
  proveMessage,
  SIGNATURE_HEADERS,
  signMessage,
  type MessageKeys,
  type MessageProof,
  type SignedMessage,
} from './signed-message.js';
export { canarySaved, proveSaved, signSaved, type SavedProof } from './saved-message.js';
export { proveHeader, signHeader, type HeaderSigning } from './signed-header.js';
export { proveToken, type TokenProof } from './token-in-body.js';
