/** All that is made of a piece lives until its commit: less of it is less memory, and shorter turns for everybody else. */
const LARGEST_PIECE = 1024 * 1024;

/** Messages in order, as many at a time as fit; one that is larger stands alone. */
export const piecesOf = (
  messages: readonly Uint8Array[],
  most = LARGEST_PIECE,
): readonly (readonly Uint8Array[])[] => {
  const pieces: Uint8Array[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    bytes += message.length;
    if (bytes <= most) pieces.at(-1)?.push(message);
    else [bytes] = [message.length, pieces.push([message])];
  }
  return pieces;
};
