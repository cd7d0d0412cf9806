import type { ApiReader, WithheldFacts } from '#libs/catalog';
import type { Fact } from '#libs/contracts';
import type { Journal } from '#libs/journal';
import type { Id } from '#libs/kernel';
import type { EventLog, StoredFact } from '#libs/ports/event-log';

/** A fact for somebody to look at. */
export interface ShownFact extends Fact {
  /** It has a personal part that is not shown: the asker may not see it, or its key is destroyed. */
  readonly sealed?: true;
  /** It speaks of a record that the asker may not read: nothing but its envelope is shown. */
  readonly withheld?: true;
}

/** Whose eyes these are, and whether they see what facts say about people. */
export interface FactReader extends ApiReader {
  /** Whether personal parts are opened. */
  readonly personal: boolean;
}

export interface FactQuery {
  readonly type?: string;
  readonly stream?: string;
  /** A position; itself excluded. */
  readonly after: number;
  readonly limit: number;
}

export interface FactPage {
  readonly items: readonly ShownFact[];
  /** How far this page has looked: where to go on, also when more comes later. */
  readonly position: number;
  /** Whether the log held more when this page was made. */
  readonly more: boolean;
}

export interface ReadFacts {
  list(query: FactQuery, reader: FactReader): Promise<FactPage>;
  find(id: Id, reader: FactReader): Promise<ShownFact | undefined>;
}

interface ReadFactsParts {
  readonly log: EventLog;
  readonly journal: Journal;
  readonly withheldFacts: WithheldFacts;
}

const PAGE = 1000;
/** One answer looks at no more facts than this, however rare the type that is asked for. */
const LOOKED_AT = 50_000;

export const readFacts = ({ log, journal, withheldFacts }: ReadFactsParts): ReadFacts => {
  const show = async (
    facts: readonly StoredFact[],
    reader: FactReader,
  ): Promise<readonly ShownFact[]> => {
    const decoded = journal.decode(facts);
    const forOthers = await withheldFacts(reader, decoded);
    // What is for others is not even opened.
    const opening = reader.personal ? facts.filter(({ id }) => !forOthers.has(id)) : [];
    const opened = new Map((await journal.open(opening)).map((fact) => [fact.id, fact]));
    return decoded.flatMap((closed, i): readonly ShownFact[] => {
      const fact = opened.get(closed.id) ?? closed;
      switch (forOthers.get(fact.id)) {
        case 'hidden':
          return [];
        case 'withheld':
          return [envelopeOf(fact)];
        case undefined:
          return [facts[i]?.personal && !fact.personal ? { ...fact, sealed: true } : fact];
      }
    });
  };

  return {
    async list(query, reader) {
      const { found, position, more } = await look(log, query);
      return { items: await show(found, reader), position, more };
    },
    async find(id, reader) {
      return (await show(await log.find([id]), reader))[0];
    },
  };
};

/** Of a fact that is for other eyes: that it is there, so that one can tell where a thing is. */
export const envelopeOf = ({ personal: _personal, ...fact }: Fact): ShownFact => ({
  ...fact,
  data: {},
  withheld: true,
});

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
