import type { RestoreStage, RestoreWatch } from '#libs/platform/local';
import type { RepositoryProgress } from '#libs/ports/snapshot-repository';

import { line, type Sink } from '../../terminal/io.js';
import { duration } from '../../terminal/words.js';
import { amountsOf, barOf, ERASE, fitted } from './run-display.js';

export interface RestoreDisplay {
  readonly stage: NonNullable<RestoreWatch['onStage']>;
  readonly progress: NonNullable<RestoreWatch['onProgress']>;
  /** Before anything else is written. */
  readonly end: () => Promise<void>;
}

const doing: Readonly<Record<RestoreStage, string>> = {
  restore: 'restoring',
  compare: 'comparing',
  load: 'loading into',
};

const LINE_EACH_MS = 5_000;

/** A line that changes on a terminal; in a pipe a line for each stage, and one now and then for a long one. */
export const restoreDisplayOn = (sink: Sink | undefined, now: () => number): RestoreDisplay => {
  let what = '';
  let began = { at: now(), bytes: 0 };
  let shownAt = now();
  const show = (text: string): void => {
    if (!sink) return;
    if (sink.terminal) void sink.write(`${ERASE}${text}`);
    else void line(sink, text);
  };
  return {
    stage(stage, source) {
      what = `${doing[stage]} ${source}`;
      began = { at: now(), bytes: 0 };
      shownAt = now();
      show(`… ${what}`);
    },
    progress(_source, progress) {
      if (!sink || (!sink.terminal && now() - shownAt < LINE_EACH_MS)) return;
      shownAt = now();
      show(fitted(partsOf(what, progress, leftOf(progress, began, now())), sink.width));
    },
    end: async () => (sink?.terminal ? sink.write(ERASE) : undefined),
  };
};

const partsOf = (
  what: string,
  progress: RepositoryProgress,
  leftMs: number | undefined,
): readonly string[] => [
  `… ${what}`,
  ...(progress.bytes === undefined ? [] : [barOf(progress.bytesDone, progress.bytes)]),
  ...amountsOf(progress),
  ...(leftMs === undefined ? [] : [`${duration(leftMs)} left`]),
];

const leftOf = (
  { bytes, bytesDone }: RepositoryProgress,
  began: { readonly at: number; readonly bytes: number },
  at: number,
): number | undefined => {
  const done = bytesDone - began.bytes;
  if (bytes === undefined || done <= 0) return undefined;
  return ((bytes - bytesDone) * (at - began.at)) / done;
};
