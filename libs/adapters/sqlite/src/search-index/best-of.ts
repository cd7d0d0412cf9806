const BINS = 4096;

/**
 * The places of so many of the highest scores, in no order and without a sort: scores are counted in bins. Which of the
 * last bin are taken is left to chance.
 */
export const bestOf = (scores: Float32Array, most: number): Uint32Array => {
  if (scores.length <= most) return Uint32Array.from(scores.keys());
  const bins = binsOf(scores);
  const counts = new Uint32Array(BINS);
  for (const bin of bins) counts[bin] = (counts[bin] ?? 0) + 1;
  let lowest = BINS - 1;
  let above = 0;
  for (; above + (counts[lowest] ?? 0) < most; lowest--) above += counts[lowest] ?? 0;
  const best = new Uint32Array(most);
  let [length, room] = [0, most - above];
  for (let place = 0; place < bins.length; place++) {
    const bin = bins[place] ?? 0;
    if (bin < lowest || (bin === lowest && room-- <= 0)) continue;
    best[length++] = place;
  }
  return best;
};

const binsOf = (scores: Float32Array): Uint16Array => {
  let [least, most] = [Infinity, -Infinity];
  for (const score of scores) {
    if (score < least) least = score;
    if (score > most) most = score;
  }
  const perBin = most > least ? (BINS - 1) / (most - least) : 0;
  const bins = new Uint16Array(scores.length);
  for (let place = 0; place < scores.length; place++)
    bins[place] = ((scores[place] ?? 0) - least) * perBin;
  return bins;
};
