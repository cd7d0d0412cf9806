import { readFileSync } from 'node:fs';

const sample = (): string =>
  readFileSync(
    new URL('../../../../test/fixtures/aircall/call.ended.answered.json', import.meta.url),
    'utf8',
  );

/** What differs from one body to the next, as the sample writes it. All keep their width. */
const written = { call: '4190001001', time: '1789377408', caller: '77120045', phone: '900123' };
const FIRST_CALL = 4_200_000_000;
const CALLERS = 1_000;
const CALLS_A_SECOND = 10;

/**
 * Bodies of `call.ended`, answered: each of a call of its own, from one of a thousand callers. They are
 * patched in one buffer, because the sender must be cheaper than what it measures.
 */
export class Bodies {
  readonly #bytes: Buffer;
  readonly #places: Readonly<Record<keyof typeof written, readonly number[]>>;

  constructor(token: string) {
    const body = JSON.parse(sample()) as { token: string };
    body.token = token;
    this.#bytes = Buffer.from(JSON.stringify(body));
    this.#places = {
      call: this.#find(written.call),
      time: this.#find(written.time),
      caller: this.#find(written.caller),
      phone: this.#find(written.phone),
    };
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** The body of call `n`, good until the next is asked for. */
  body(n: number): Uint8Array {
    const caller = n % CALLERS;
    this.#write('call', FIRST_CALL + n);
    this.#write('time', Number(written.time) + Math.floor(n / CALLS_A_SECOND));
    this.#write('caller', Number(written.caller) + caller);
    this.#write('phone', Number(written.phone) + caller);
    return this.#bytes;
  }

  #find(text: string): number[] {
    const found: number[] = [];
    for (let at = this.#bytes.indexOf(text); at >= 0; at = this.#bytes.indexOf(text, at + 1))
      found.push(at);
    return found;
  }

  #write(what: keyof typeof written, value: number): void {
    const digits = String(value);
    for (const at of this.#places[what]) this.#bytes.write(digits, at, 'latin1');
  }
}

/** The id of call `n`'s record, and which call an id is of. */
export const recordIdOf = (n: number): string => `aircall.main.${FIRST_CALL + n}`;
export const callOfRecordId = (id: string): number => Number(id.slice(13)) - FIRST_CALL;
