import type { EventLog, StoredFact } from './event-log.port.js';

const PAGE = 1024;

interface FactStretch {
  /** Itself excluded: a version of a stream, a position of the log. */
  readonly after?: number;
  /** Itself included. */
  readonly upTo?: number;
  /** How many facts are read at once. */
  readonly size?: number;
}

type FactPages = AsyncGenerator<readonly StoredFact[]>;

/** The facts of a stream in their order, page by page. A short page is the last one. */
export const pagesOfStream = (
  log: Pick<EventLog, 'stream'>,
  stream: string,
  stretch: FactStretch = {},
): FactPages =>
  walk(
    (after, size) => log.stream(stream, after, size),
    ({ version }) => version,
    stretch,
  );

/** The same for several streams, one after the other, each once. */
export async function* pagesOfStreams(
  log: Pick<EventLog, 'stream'>,
  streams: Iterable<string>,
): FactPages {
  for (const stream of new Set(streams)) yield* pagesOfStream(log, stream);
}

/** The log in its order, page by page. */
export const pagesOfLog = (log: Pick<EventLog, 'read'>, stretch: FactStretch = {}): FactPages =>
  walk(
    (after, size) => log.read(after, size),
    ({ position }) => position,
    stretch,
  );

/** The log in its order, fact by fact. */
export async function* factsAfter(
  log: Pick<EventLog, 'read'>,
  position: number,
): AsyncGenerator<StoredFact> {
  for await (const page of pagesOfLog(log, { after: position })) yield* page;
}

async function* walk(
  read: (after: number, size: number) => Promise<readonly StoredFact[]>,
  placeOf: (fact: StoredFact) => number,
  { after = 0, upTo = Infinity, size = PAGE }: FactStretch,
): FactPages {
  for (let at = after; at < upTo;) {
    const asked = Math.min(size, upTo - at);
    const page = await read(at, asked);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    if (page.length < asked) return;
    at = placeOf(last);
  }
}
