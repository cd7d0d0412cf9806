import { DrilledProcess } from '../src/composition/drilled-process.js';

/** Starts a platform for a drill, and waits to be killed. */
const [file = '', dataDir = ''] = process.argv.slice(2);
const { signal } = new AbortController();
const started = await DrilledProcess.start([file], { environment: {}, dataDir }, signal);
process.stdout.write(`${started?.url}\n`);
process.stdin.resume();
