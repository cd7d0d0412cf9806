import { describe, expect, it } from '@jest/globals';

import { Secret, utf8 } from '#libs/kernel';

import { prove } from './prove.js';

const secret = new Secret('5b1e7c90a4d24f6f');
const other = new Secret('000000000000000f');
const proofOf = (text: string | Uint8Array, secrets: readonly Secret[] = [other, secret]) =>
  prove({ body: typeof text === 'string' ? utf8(text) : text }, { secrets });

class WatchedSecret extends Secret {
  revealed = 0;
  override reveal(): string {
    this.revealed++;
    return super.reveal();
  }
}

const unreadable = { proved: false, code: 'INTAKE_BODY_UNREADABLE' };
const invalid = { proved: false, code: 'INTAKE_TOKEN_INVALID' };

describe('the proof of an Aircall delivery', () => {
  it('is the token at the top of the body, with the time beside it', () => {
    const body = `{"timestamp":1789377408,"token":"${secret.reveal()}","data":{"token":"x"}}`;
    expect(proofOf(body)).toEqual({ proved: true, sourceTime: 1789377408000 });
  });

  it.each([
    ['a second token', `{"token":"${secret.reveal()}","token":"${secret.reveal()}"}`],
    ['a second token spelled otherwise', `{"token":"x","tok\\u0065n":"${secret.reveal()}"}`],
    ['a token hidden in escapes', `{"\\u0074\\u006f\\u006B\\u0065\\u006e":"x","token":"x"}`],
    ['half a body', `{"token":"${secret.reveal()}"`],
    ['a list', `["token","${secret.reveal()}"]`],
    ['a byte order mark', `\ufeff{"token":"${secret.reveal()}"}`],
    ['nothing', ''],
    ['a nesting no provider sends', `{"token":"x","data":${'['.repeat(70)}${']'.repeat(70)}}`],
    ['a nesting that never ends', `{"token":"x","data":${'['.repeat(500_000)}`],
  ])('is not read from %s', (_, body) => {
    expect(proofOf(body)).toEqual(unreadable);
  });

  it('is not read from bytes that are no UTF-8', () => {
    const body = utf8(`{"token":"${secret.reveal()}","data":"?"}`);
    body[body.indexOf(63)] = 0xff;
    expect(proofOf(body)).toEqual(unreadable);
  });

  it.each([
    ['another token', '{"token":"guessed"}'],
    ['an empty token', '{"token":""}'],
    ['a token that is a number', '{"token":5}'],
    ['no token', '{"event":"call.ended"}'],
    ['a token one level down', `{"data":{"token":"${secret.reveal()}"}}`],
    ['a token in the prototype', `{"__proto__":{"token":"${secret.reveal()}"}}`],
    ['a token as the name of a value', `{"event":"token","data":"${secret.reveal()}"}`],
  ])('is not given by %s', (_, body) => {
    expect(proofOf(body)).toEqual(invalid);
  });

  it('counts as one token however it is spelled, and whatever stands below it', () => {
    const body = `{"tok\\u0065n":"${secret.reveal()}","data":{"token":1,"x":[{"token":2}]}}`;
    expect(proofOf(body)).toMatchObject({ proved: true });
  });

  it.each(['"soon"', '-5', '1e400', '1e17', '{}', 'null'])(
    'gives the time 0 to a timestamp of %s',
    (timestamp) => {
      const body = `{"timestamp":${timestamp},"token":"${secret.reveal()}"}`;
      expect(proofOf(body)).toEqual({ proved: true, sourceTime: 0 });
    },
  );

  it('compares the token with every secret, also behind the one that fits', () => {
    const compared = ['one', 'two'].map((text) => new WatchedSecret(text));
    expect(proofOf('{"token":"one"}', compared)).toMatchObject({ proved: true });
    expect(proofOf('{"token":"three"}', compared)).toEqual(invalid);
    expect(compared.map(({ revealed }) => revealed)).toEqual([1, 1]);
  });
});
