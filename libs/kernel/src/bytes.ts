const encoder = new TextEncoder();
const decoder = new TextDecoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Small results share pieces of memory: to make one for each costs more than to fill it. */
const PIECE = 64 * 1024;
const LARGEST_SHARED = PIECE / 4;
let piece = new Uint8Array(PIECE);
let used = 0;

const makeRoomFor = (length: number): void => {
  if (used + length <= PIECE) return;
  piece = new Uint8Array(PIECE);
  used = 0;
};

export const utf8 = (text: string): Uint8Array => {
  // A UTF-16 unit is at most three bytes.
  const most = text.length * 3;
  if (most > LARGEST_SHARED) return encoder.encode(text);
  makeRoomFor(most);
  const { written } = encoder.encodeInto(text, piece.subarray(used));
  return piece.subarray(used, (used += written));
};

/** A text and then these bytes, in one piece of memory. */
export const utf8Before = (text: string, bytes: Uint8Array): Uint8Array => {
  const most = text.length * 3 + bytes.length;
  if (most > LARGEST_SHARED) return joinBytes(utf8(text), bytes);
  makeRoomFor(most);
  const from = used;
  used += encoder.encodeInto(text, piece.subarray(from)).written;
  piece.set(bytes, used);
  return piece.subarray(from, (used += bytes.length));
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
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = room(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const room = (length: number): Uint8Array => {
  if (length > LARGEST_SHARED) return new Uint8Array(length);
  makeRoomFor(length);
  return piece.subarray(used, (used += length));
};
