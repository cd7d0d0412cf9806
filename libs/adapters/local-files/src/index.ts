export { localScratch, type LocalScratchOptions } from './scratch.js';
