import type { EventLog, StoredFact } from '#libs/ports/event-log';

const PAGE = 1024;

/** All facts of these streams, page by page. */
export async function* pagesOfStreams(
  log: Pick<EventLog, 'stream'>,
  streams: Iterable<string>,
): AsyncGenerator<readonly StoredFact[]> {
  for (const stream of new Set(streams)) {
    let page: readonly StoredFact[];
    let after = 0;
    do {
      page = await log.stream(stream, after, PAGE);
      if (page.length > 0) yield page;
      after = page.at(-1)?.version ?? after;
    } while (page.length === PAGE);
  }
}

/** The whole log up to a position, page by page. */
export async function* pagesOfLog(
  log: Pick<EventLog, 'read'>,
  before: number,
): AsyncGenerator<readonly StoredFact[]> {
  for (let after = 0; after < before - 1;) {
    const page = await log.read(after, Math.min(PAGE, before - 1 - after));
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)?.position ?? before;
  }
}
