export {
  dayOfDate,
  expiryDate,
  expiryDays,
  lastDayToRemove,
  lastsUntil,
  removalTime,
  REMOVED_AFTER_SECONDS,
  type ExpiryDay,
} from './expiry.js';
export type { Keys, Sealed, Tombstone, Unsealed } from './keys.port.js';
