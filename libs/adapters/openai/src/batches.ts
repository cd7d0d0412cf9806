export interface BatchLimits {
  readonly texts: number;
  readonly chars: number;
}

/** As few batches as the limits allow, in order. A text that is larger than a batch is one by itself. */
export const batchesOf = (
  texts: readonly string[],
  limits: BatchLimits,
): readonly (readonly string[])[] => {
  const batches: string[][] = [];
  let chars = 0;
  for (const text of texts) {
    const last = batches.at(-1);
    if (!last || last.length >= limits.texts || chars + text.length > limits.chars) {
      batches.push([text]);
      chars = text.length;
    } else {
      last.push(text);
      chars += text.length;
    }
  }
  return batches;
};
