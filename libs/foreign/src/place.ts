import { fault, textOf, utf8 } from '#libs/kernel';

import { base64Of, bytesOfBase64 } from './base64.js';

/**
 * Where a recipe goes on, as opaque text. Processes of other versions keep it for days. So a text that is not a
 * cursor is refused instead of guessed at.
 */
export const writePlace = (place: object): string => base64Of(utf8(JSON.stringify(place)));

export const readPlace = <Place>(
  text: string,
  read: (value: unknown) => Place | undefined,
): Place => {
  const place = read(decoded(text));
  if (place === undefined) throw fault('PROVIDER_PLACE_INVALID');
  return place;
};

const decoded = (text: string): unknown => {
  try {
    return JSON.parse(textOf(bytesOfBase64(text) ?? new Uint8Array())) as unknown;
  } catch {
    return undefined;
  }
};
