const encoder = new TextEncoder();
const decoder = new TextDecoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Short texts share pieces of memory: to make one for each costs three times as much as to encode it. */
const PIECE = 64 * 1024;
const LONGEST_SHARED = PIECE / 4;
let piece = new Uint8Array(PIECE);
let used = 0;

export const utf8 = (text: string): Uint8Array => {
  // A UTF-16 unit is at most three bytes.
  const most = text.length * 3;
  if (most > LONGEST_SHARED) return encoder.encode(text);
  if (used + most > PIECE) {
    piece = new Uint8Array(PIECE);
    used = 0;
  }
  const { written } = encoder.encodeInto(text, piece.subarray(used));
  return piece.subarray(used, (used += written));
};

export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Text of bytes that must be UTF-8: a broken sequence throws instead of turning into U+FFFD. */
export const strictTextOf = (bytes: Uint8Array): string => strictDecoder.decode(bytes);

export const toHex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += hexOf[byte] ?? '';
  return text;
};

export const fromHex = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(i * 2, i * 2 + 2), 16);
  return bytes;
};

export const joinBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
