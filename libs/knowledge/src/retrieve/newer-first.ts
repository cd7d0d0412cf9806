import { bestFirst } from './best-first.js';
import type { RankedHit } from './retrieval.js';

/** Who asks with one of these wants what was said last. Of days, `last` says when, and of things which one. */
const LATEST =
  /(?<!\p{L})(?:latest|newest|most recent(?:ly)?|recently|currently|right now|up to date|zuletzt|neueste[nrs]?|jüngste[nrs]?|aktuell(?:e[nrs]?)?|derzeit|kürzlich|neulich|récemment|actuellement|le plus récent|la plus récente|en ce moment|últimamente|recientemente|actualmente|más recientes?|ahora mismo|di recente|recentemente|attualmente|più recent[ei]|onlangs|recentste|momenteel|laatst|ostatnio|niedawno|aktualn(?:ie|y|a|e)|najnowsz[yae]|recentemente|atualmente|mais recentes?|ultimamente)(?!\p{L})/iu;

/** What the oldest loses against the newest: where the newest is asked for, and where both answer alike. */
const ASKED_FOR = 0.3;
const ALIKE = 0.02;
/** After so long it is no longer told apart how old something is. */
const OLD_MS = 365 * 86_400_000;

/**
 * Sets back older passages a little against newer ones, and more where the newest is asked for. What has no time, such
 * as a house manual, is never old.
 */
export const newerFirst = (
  hits: readonly RankedHit[],
  { now, text }: { readonly now: number; readonly text: string },
): readonly RankedHit[] => {
  const times = hits.map(({ passage: { from, to } }) => to ?? from);
  const known = times.flatMap((time) => (time === undefined ? [] : Math.min(time, now)));
  if (known.length < 2) return hits;
  const newest = Math.max(...known);
  const most = LATEST.test(text) ? ASKED_FOR : ALIKE;
  return hits
    .map((hit, i) => {
      const time = times[i];
      const age = time === undefined ? 0 : Math.max(0, newest - Math.min(time, now));
      if (age === 0 || hit.score <= 0) return hit;
      const lost = most * Math.sqrt(Math.min(1, age / OLD_MS));
      return {
        ...hit,
        score: hit.score * (1 - lost),
        because: { ...hit.because, age: Number((-lost).toFixed(4)) },
      };
    })
    .sort(bestFirst);
};
