/** How many letters must change to turn one word into the other. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The name that was probably meant; `undefined` when none is near. */
export const nearest = (name: string, names: readonly string[]): string | undefined => {
  const [best] = names
    .map((known) => ({ known, far: distance(name, known) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= 6 ? best.known : undefined;
};
