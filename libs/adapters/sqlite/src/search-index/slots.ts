/** Numbers of slots, sorted and each once, as bytes: each as its distance to the one before, seven bits a byte. */
export const packSlots = (sorted: ArrayLike<number>): Uint8Array => {
  const bytes = new Uint8Array(sorted.length * BYTES_MOST);
  let length = 0;
  let before = 0;
  for (let i = 0; i < sorted.length; i++) {
    const slot = sorted[i] ?? 0;
    let rest = slot - before;
    before = slot;
    for (; rest > 127; rest >>>= 7) bytes[length++] = (rest & 127) | 128;
    bytes[length++] = rest;
  }
  return bytes.slice(0, length);
};

export const unpackSlots = (bytes: Uint8Array): number[] => {
  const slots: number[] = [];
  let before = 0;
  let shift = 0;
  let value = 0;
  for (const byte of bytes) {
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    before += value;
    slots.push(before);
    value = 0;
    shift = 0;
  }
  return slots;
};

/** Slots are counted in 31 bits: two thousand million words. */
const BYTES_MOST = 5;
