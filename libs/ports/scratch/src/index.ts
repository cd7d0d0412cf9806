export { NOBODYS_SCRATCH, type Scratch, type ScratchOfRun } from './scratch.port.js';
