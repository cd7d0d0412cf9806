export { localDate } from './local-date.js';
export { currencyOf, minorDigitsOf, moneyOf, scaledOf, type Money } from './money.js';
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
