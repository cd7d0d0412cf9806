import { line, type Sink } from './io.js';

export interface Progress {
  readonly show: (done: number, of: number) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** A log file wants a line now and then, not one for each step. */
const LINE_EACH_MS = 2_000;

/** How far long work is, on stderr: a bar on a terminal, a plain line now and then in a pipe. */
export const progressOn = async (sink: Sink, what: string): Promise<Progress> =>
  sink.terminal ? barOn(what) : linesOn(sink, what);

const linesOn = (sink: Sink, what: string): Progress => {
  let told = performance.now();
  return {
    async show(done, of) {
      if (performance.now() - told < LINE_EACH_MS) return;
      told = performance.now();
      await line(sink, `${what}: ${done} of ${of}`);
    },
    end: () => Promise.resolve(),
  };
};

const barOn = async (what: string): Promise<Progress> => {
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({
    format: `${what} {bar} {percentage}%  {value} of {total}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let started = false;
  return {
    show(done, of) {
      if (!started) bar.start(of, done);
      else {
        bar.setTotal(of);
        bar.update(done);
      }
      started = true;
      return Promise.resolve();
    },
    end() {
      if (started) bar.stop();
      return Promise.resolve();
    },
  };
};
