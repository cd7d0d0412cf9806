/**
 * Svix names a message `msg_` and a KSUID: four bytes of seconds and sixteen of chance, in base 62. So the id
 * says when the message was made, and says it alike in every attempt to deliver it; the time of the attempt
 * is its retry's. Bodies of tasks, guests and most payments carry no other time.
 */
const NAME = /^msg_([0-9A-Za-z]{27})$/;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const EPOCH_SECONDS = 1_400_000_000;

/** Retries end after 28 hours; what is sent by hand later keeps its id, and is then told without a time. */
const LONGEST_WAY = 2 * 24 * 60 * 60;
const CLOCKS = 300;

/** `undefined` where the id is none of that form, or says a time that its attempt does not confirm. */
export const madeAtOf = (headers: Readonly<Record<string, string>>): number | undefined => {
  const [, ksuid] = NAME.exec(headers['svix-id'] ?? headers['webhook-id'] ?? '') ?? [];
  const attempt = Number(headers['svix-timestamp'] ?? headers['webhook-timestamp'] ?? NaN);
  if (ksuid === undefined || !Number.isSafeInteger(attempt)) return undefined;
  const seconds = EPOCH_SECONDS + Number(valueOf(ksuid) >> 128n);
  if (seconds > attempt + CLOCKS || seconds < attempt - LONGEST_WAY) return undefined;
  return seconds * 1000;
};

const valueOf = (ksuid: string): bigint =>
  [...ksuid].reduce((value, digit) => value * 62n + BigInt(DIGITS.indexOf(digit)), 0n);
