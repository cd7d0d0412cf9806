export type { Scratch, ScratchOfRun } from './scratch.port.js';
