import type { Environment } from './texts.js';

/** Of this process, for programs that it starts: who starts one takes only what that program needs. */
export const environmentOfPrograms = (): Environment => process.env;
