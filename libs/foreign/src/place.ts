import { fault, textOf, utf8 } from '#libs/kernel';

/**
 * Where a recipe goes on, as opaque text: it is kept for days, by processes of other versions, so a place
 * that does not read as one is refused instead of guessed at.
 */
export const writePlace = (place: object): string => {
  const bytes = utf8(JSON.stringify(place));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
};

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
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    return JSON.parse(textOf(bytes)) as unknown;
  } catch {
    return undefined;
  }
};
