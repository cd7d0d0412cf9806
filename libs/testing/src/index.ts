export * from './peers/index.js';
export { bundleProgram, removeProgram, RunningProgram } from './programs/program.js';
export { LogProcesses, type LogWork } from './programs/log-process.js';
export { CounterLog } from './saboteurs/counter-log.js';
export { HonestKeys, OneKeyForAll, RebornKeys } from './saboteurs/keys.js';
