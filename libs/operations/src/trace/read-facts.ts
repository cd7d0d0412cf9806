import type { Fact } from '#libs/contracts';
import type { Journal } from '#libs/journal';
import type { Id } from '#libs/kernel';
import type { EventLog, StoredFact } from '#libs/ports/event-log';

/** A fact for somebody to look at. */
export interface ShownFact extends Fact {
  /** It has a personal part that is not shown: the asker may not see it, or its key is destroyed. */
  readonly sealed?: true;
}

export interface FactQuery {
  readonly type?: string;
  readonly stream?: string;
  /** A position; itself excluded. */
  readonly after: number;
  readonly limit: number;
  /** Whether personal parts are opened. */
  readonly personal: boolean;
}

export interface FactPage {
  readonly items: readonly ShownFact[];
  /** How far this page has looked: where to go on, also when more comes later. */
  readonly position: number;
  /** Whether the log held more when this page was made. */
  readonly more: boolean;
}

export interface ReadFacts {
  list(query: FactQuery): Promise<FactPage>;
  find(id: Id, personal: boolean): Promise<ShownFact | undefined>;
}

const PAGE = 1000;
/** One answer looks at no more facts than this, however rare the type that is asked for. */
const LOOKED_AT = 50_000;

export const readFacts = ({ log, journal }: { log: EventLog; journal: Journal }): ReadFacts => {
  const show = async (facts: readonly StoredFact[], personal: boolean): Promise<ShownFact[]> => {
    const read = personal ? await journal.open(facts) : journal.decode(facts);
    return read.map((fact, i) =>
      facts[i]?.personal && !fact.personal ? { ...fact, sealed: true } : fact,
    );
  };

  return {
    async list(query) {
      const { found, position, more } = await look(log, query);
      return { items: await show(found, query.personal), position, more };
    },
    async find(id, personal) {
      return (await show(await log.find([id]), personal))[0];
    },
  };
};

const look = async (
  log: EventLog,
  { type, stream, after, limit }: FactQuery,
): Promise<{ found: readonly StoredFact[]; position: number; more: boolean }> => {
  const found: StoredFact[] = [];
  let position = after;
  for (let looked = 0; looked < LOOKED_AT;) {
    const size = type === undefined ? Math.min(PAGE, limit - found.length + 1) : PAGE;
    // In an observed stream, and all we have are, the version is the position.
    const page = stream ? await log.stream(stream, position, size) : await log.read(position, size);
    for (const fact of page) {
      if (found.length === limit) return { found, position, more: true };
      if (type === undefined || fact.type === type) found.push(fact);
      position = fact.position;
    }
    if (page.length < size) return { found, position, more: false };
    looked += page.length;
  }
  return { found, position, more: true };
};
