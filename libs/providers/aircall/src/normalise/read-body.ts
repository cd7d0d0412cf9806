import type { Normalised } from '#libs/ports/provider';
import { strictTextOf } from '#libs/kernel';

export const jsonOf = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(strictTextOf(body));
  } catch {
    return undefined;
  }
};

/** The name of an event is shown to everybody, so only a name of the usual form is. */
const EVENT_NAME = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+$/;

export const unknown = (reason: string, event?: string): Normalised => ({
  understood: false,
  reason,
  ...(event !== undefined && EVENT_NAME.test(event) && { event }),
});
