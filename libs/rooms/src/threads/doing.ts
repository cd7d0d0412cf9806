import { derivedId, utf8 } from '#libs/kernel';

import type { RoomsParts } from '../rooms-parts.js';

/** Who does it, and the id of the doing: what is done again after a crash has the same. */
export const doingOf = async (
  { keys }: Pick<RoomsParts, 'keys'>,
  actor: string,
  cause: string,
): Promise<{ readonly actor: string; readonly cause: string }> => {
  const [digest = new Uint8Array()] = await keys.fingerprint([utf8(`room doing\n${cause}`)]);
  return { actor, cause: derivedId(0, digest) };
};
