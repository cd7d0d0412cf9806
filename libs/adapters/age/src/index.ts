export { openWithPassphrase, sealWithPassphrase } from './passphrase-file.js';
