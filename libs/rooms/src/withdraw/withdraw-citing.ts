import type { RoomsParts } from '../rooms-parts.js';

/** Lets somebody look now at each question whose answer cites one of these records. */
export const withdrawCiting =
  (_parts: Pick<RoomsParts, 'documents' | 'clock'>) =>
  (_records: readonly string[]): Promise<void> =>
    Promise.resolve();
