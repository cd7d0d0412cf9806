import { MINUTE_MS, type StepOfRun } from '../run-work.js';
import { fault } from '#libs/kernel';

/** A server for this run alone. */
export const bootServer: StepOfRun = {
  limitMs: 15 * MINUTE_MS,
  work: () => Promise.reject(fault('DEFECT_UNKNOWN')),
};
