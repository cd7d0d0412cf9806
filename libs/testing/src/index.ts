export * from './peers/index.js';
export { bundleProgram, removeProgram, RunningProgram } from './programs/program.js';
