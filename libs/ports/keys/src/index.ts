export type { Keys, Sealed, Tombstone, Unsealed } from './keys.port.js';
