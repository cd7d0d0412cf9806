import { objectOf } from '#libs/foreign';
import { canonicalJson } from '#libs/kernel';

/** Links that are signed again each time they are asked for, and lapse within hours. */
const VOLATILE = new Set(['recording', 'voicemail', 'recording_short_url', 'voicemail_short_url']);

/** What of a call, or of anything else, says that it changed. */
export const stateOf = (value: unknown): string | undefined => {
  const object = objectOf(value);
  if (!object || !Object.keys(object).some((key) => VOLATILE.has(key))) return undefined;
  const kept = Object.entries(object).map(([key, of]): [string, unknown] =>
    // Whether there is one counts; where it lies does not.
    VOLATILE.has(key) ? [key, of !== null] : [key, of],
  );
  return canonicalJson(Object.fromEntries(kept));
};
