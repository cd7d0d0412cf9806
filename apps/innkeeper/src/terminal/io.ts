/** Colours, where there is somebody to see them. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly waiting: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** Where a command writes: answers go to one, progress and questions to the other. */
export interface Sink {
  /** Resolves when the reader has room again: a slow pipe slows the command, not its memory. */
  readonly write: (text: string | Uint8Array) => Promise<void>;
  readonly terminal: boolean;
  /** Columns; endless in a pipe. */
  readonly width: number;
  readonly paint: Paint;
}

export interface Io {
  readonly out: Sink;
  readonly err: Sink;
  /** Somebody can be asked. */
  readonly interactive: boolean;
  /** Yes or no; no where nobody is there. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** What somebody types without seeing it; none where they give up or nobody is there. */
  readonly askSecret: (question: string) => Promise<string | undefined>;
  /** Aborted by Ctrl-C: a command that follows without end then ends well. */
  readonly interrupted: AbortSignal;
}

export const line = (sink: Sink, text = ''): Promise<void> => sink.write(`${text}\n`);

/** One document on one line: the same form alone and as JSON lines. */
export const jsonLine = (sink: Sink, document: unknown): Promise<void> =>
  line(sink, JSON.stringify(document));
