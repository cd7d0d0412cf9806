/** Numbers of slots as bytes: sorted, each as its distance to the one before, seven bits a byte. */
export const packSlots = (slots: readonly number[]): Uint8Array => {
  const sorted = [...slots].sort((a, b) => a - b);
  const bytes: number[] = [];
  let before = 0;
  for (const slot of sorted) {
    let rest = slot - before;
    before = slot;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
};

export const unpackSlots = (bytes: Uint8Array): number[] => {
  const slots: number[] = [];
  let before = 0;
  let scale = 1;
  let value = 0;
  for (const byte of bytes) {
    value += (byte % 128) * scale;
    scale *= 128;
    if (byte > 127) continue;
    before += value;
    slots.push(before);
    value = 0;
    scale = 1;
  }
  return slots;
};
