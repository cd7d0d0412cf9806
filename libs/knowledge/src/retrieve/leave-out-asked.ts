import { withoutTurns } from '../passages/without-turns.js';
import type { JoinHits } from './join-hits.js';

/** Of these messages (`kind/id`), those that asked or told us something: what they say is nobody's knowledge. */
export type AskedUs = (records: readonly string[]) => Promise<ReadonlySet<string>>;

/** Takes out of passages what was said to us. It is asked once for all of them, and not at all where nobody speaks. */
export const leaveOutAsked =
  (join: JoinHits, askedUs: AskedUs | undefined): JoinHits =>
  async (hits, principals, searched) => {
    const joined = await join(hits, principals, searched);
    const said = joined.flatMap(({ passage: { turns = [] } }) => turns.map(({ record }) => record));
    if (!askedUs || said.length === 0) return joined;
    const asked = await askedUs([...new Set(said)]);
    return joined.flatMap(({ hit, passage }) => {
      const left = withoutTurns(passage, (record) => asked.has(record));
      return left ? [{ hit, passage: left }] : [];
    });
  };
