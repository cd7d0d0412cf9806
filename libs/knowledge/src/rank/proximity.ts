import type { MatchedPlace } from './match-text.js';

/** Words further apart than this have nothing to do with each other. */
const WINDOW = 8;
const WRONG_ORDER = 0.8;

/**
 * How close words that follow each other in the question stand to each other in the text. Each pair counts by its best
 * place, 1 where they are neighbours, times the weight of its lighter word.
 */
export const closeness = (places: readonly MatchedPlace[], weights: readonly number[]): number => {
  const best = new Array<number>(weights.length).fill(0);
  for (const [index, place] of places.entries())
    for (let next = index + 1; next < places.length; next++) {
      const other = places[next];
      if (other === undefined || other.at - place.at > WINDOW) break;
      if (other.at === place.at || Math.abs(other.word - place.word) !== 1) continue;
      const first = Math.min(place.word, other.word);
      const order = other.word > place.word ? 1 : WRONG_ORDER;
      const close = (order * Math.min(place.weight, other.weight)) / (other.at - place.at);
      best[first] = Math.max(best[first] ?? 0, close);
    }
  return best.reduce(
    (sum, close, word) => sum + close * Math.min(weights[word] ?? 0, weights[word + 1] ?? 0),
    0,
  );
};
