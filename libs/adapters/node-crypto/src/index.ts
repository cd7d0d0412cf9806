export { compress, expand } from './compression.js';
export { digest, nodeHash } from './hash.js';
export { hmacs, keyWrap, WRAPPED_KEY_BYTES, type KeyWrap, type StreamKey } from './key-wrap.js';
export { openAll, sealAll, type Keyring, type KnownKey } from './keyring.js';
export { openBytes, sealBytes } from './sealer.js';
