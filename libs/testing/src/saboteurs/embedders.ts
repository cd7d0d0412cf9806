import type { Embedder } from '#libs/ports/embedder';

const changed = (inner: Embedder, embed: Embedder['embed']): Embedder => ({
  describe: () => inner.describe(),
  embed,
});

/** Gives vectors as a model made them: as long as their texts. */
export const embedderOfAnyLength = (inner: Embedder): Embedder =>
  changed(inner, async (texts, as, signal) => {
    const vectors = await inner.embed(texts, as, signal);
    return vectors.map((vector, i) => vector.map((value) => value * (1 + (texts[i] ?? '').length)));
  });

/** Leaves out what has no letter, and so gives each later text the vector of another. */
export const embedderSkippingBlanks = (inner: Embedder): Embedder =>
  changed(inner, (texts, as, signal) =>
    inner.embed(
      texts.filter((text) => text.trim() !== ''),
      as,
      signal,
    ),
  );

/** Asks which model it is before each request, and so never sees another one. */
export const embedderForgettingItsModel = (inner: Embedder): Embedder =>
  changed(inner, async (texts, as, signal) => {
    await inner.embed(texts, as, signal).catch(() => inner.describe());
    return inner.embed(texts, as, signal);
  });
