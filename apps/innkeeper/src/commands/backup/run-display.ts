import type { BackupRunAnswer } from '#libs/routes';

import { line, type Sink } from '../../terminal/io.js';
import { bytes, count, duration } from '../../terminal/words.js';
import { doingOf } from './run-words.js';
import { serverState } from './server-words.js';

/** How far a run is, while somebody waits. */
export interface RunDisplay {
  readonly show: (run: BackupRunAnswer) => Promise<void>;
  /** Before anything else is written. */
  readonly end: () => Promise<void>;
}

/** A line that changes on a terminal; in a pipe a line for each step, and one now and then for a long one. */
export const runDisplayOn = (sink: Sink, now: () => number): RunDisplay =>
  sink.terminal ? changingLine(sink, now) : plainLines(sink, now);

type ShownProgress = NonNullable<BackupRunAnswer['progress']>;

/** What is left by the speed so far, of one thing at a time. */
const remainingTime = (now: () => number) => {
  let of = '';
  let first = { at: 0, bytes: 0 };
  return ({ step }: BackupRunAnswer, progress: ShownProgress): number | undefined => {
    if (of !== `${step} ${progress.of}`) {
      of = `${step} ${progress.of}`;
      first = { at: now(), bytes: progress.bytesDone };
    }
    const done = progress.bytesDone - first.bytes;
    if (progress.bytes === undefined || done <= 0) return undefined;
    return ((progress.bytes - progress.bytesDone) * (now() - first.at)) / done;
  };
};

const BAR = 20;

export const barOf = (done: number, of: number): string => {
  const share = of > 0 ? Math.min(1, done / of) : 1;
  const full = Math.floor(share * BAR);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${String(Math.floor(share * 100)).padStart(3)}%`;
};

const ofAll = (done: string, all: string | undefined): string =>
  all === undefined ? done : `${done} of ${all}`;

export const amountsOf = ({
  bytesDone,
  bytes: all,
  filesDone,
  files,
}: Omit<ShownProgress, 'of'>): string[] => [
  ofAll(bytes(bytesDone), all === undefined ? undefined : bytes(all)),
  `${ofAll(count(filesDone), files === undefined ? undefined : count(files))} files`,
];

const attemptOf = ({ attempt }: BackupRunAnswer): string =>
  attempt > 1 ? ` (attempt ${attempt})` : '';

/** Whole parts only, as many as the line has room for. */
export const fitted = (parts: readonly string[], width: number): string => {
  let text = '';
  for (const part of parts) {
    const longer = text === '' ? part : `${text}  ${part}`;
    if (longer.length >= width) break;
    text = longer;
  }
  return text;
};

/** To the beginning of the line, which is emptied. */
export const ERASE = '\r\u001b[2K';

/** What happened to the server of a run since it was shown last; several at once are told by the last. */
const serverNews = (now: () => number) => {
  let told = '';
  return ({ server }: BackupRunAnswer): string | undefined => {
    if (!server) return undefined;
    const state = `${server.number} ${server.state}`;
    if (state === told) return undefined;
    told = state;
    return serverState(server, now());
  };
};

const changingLine = (sink: Sink, now: () => number): RunDisplay => {
  const left = remainingTime(now);
  const news = serverNews(now);
  let told = 0;
  const livingLine = (run: BackupRunAnswer): string => {
    const { progress, step } = run;
    const what = `${doingOf(step)}${attemptOf(run)}`;
    if (!progress) return fitted([`… ${what}`], sink.width);
    const { bytesDone, bytes: all } = progress;
    const ms = left(run, progress);
    return fitted(
      [
        `… ${what} ${progress.of}`.trimEnd(),
        ...(all === undefined ? [] : [barOf(bytesDone, all)]),
        ...amountsOf(progress),
        ...(ms === undefined ? [] : [`${duration(ms)} left`]),
      ],
      sink.width,
    );
  };
  return {
    async show(run) {
      const { dim, good } = sink.paint;
      for (const { step, startedAt, endedAt } of run.steps.slice(told)) {
        const took = duration(Date.parse(endedAt) - Date.parse(startedAt));
        await line(sink, `${ERASE}${good('✔')} ${doingOf(step)} ${dim(took)}`);
      }
      told = Math.max(told, run.steps.length);
      const ofServer = news(run);
      if (ofServer !== undefined) await line(sink, `${ERASE}${dim(`· ${ofServer}`)}`);
      await sink.write(`${ERASE}${run.endedAt === null ? livingLine(run) : ''}`);
    },
    end: () => sink.write(ERASE),
  };
};

/** Of one step: a log wants a line now and then. */
const LINE_EACH_MS = 5_000;

const plainLines = (sink: Sink, now: () => number): RunDisplay => {
  const news = serverNews(now);
  let begun = '';
  let at = 0;
  return {
    async show(run) {
      const { progress, step, endedAt } = run;
      const ofServer = news(run);
      if (ofServer !== undefined) await line(sink, ofServer);
      if (endedAt !== null) return;
      const what = `${step}${attemptOf(run)}`;
      if (what !== begun) await line(sink, `${what}: ${doingOf(step)}`);
      else if (!progress || now() - at < LINE_EACH_MS) return;
      else await line(sink, `${what}: ${[progress.of, ...amountsOf(progress)].join(', ')}`);
      begun = what;
      at = now();
    },
    end: () => Promise.resolve(),
  };
};
