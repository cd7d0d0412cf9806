/** A word joiner, which nobody sees. */
const UNSEEN = '\u2060';
/** The name of a value in an address. Encoded it is three characters for each. */
const NAMED = /([?&])(\u2060?)([\w%]{3,9})(?==)/g;

/**
 * A server that finds the address of one of its messages in a text hangs a copy of that message on it, as the one who
 * posts may read it. Nothing that a call can say prevents this. So no address names a message in a text of ours.
 */
export const namingNoMessage = (text: string): string =>
  text.replace(NAMED, (whole, sign: string, _unseen: string, name: string) =>
    isMessage(name) ? `${sign}${UNSEEN}${name}` : whole,
  );

/** The text that was given. */
export const asItWas = (text: string): string =>
  text.replace(NAMED, (whole, sign: string, _unseen: string, name: string) =>
    isMessage(name) ? `${sign}${name}` : whole,
  );

const isMessage = (name: string): boolean => {
  try {
    return decodeURIComponent(name).toLowerCase() === 'msg';
  } catch {
    return false;
  }
};
