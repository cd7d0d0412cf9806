import { Secret } from '#libs/kernel';

const HEX = /^[0-9a-fA-F]{64}$/;

/** From its text: 64 hex digits, or base64 as settings and as the data directory have it. */
export const masterKeyOf = (text: Secret | undefined): Secret<Uint8Array> => {
  const written = text?.reveal() ?? '';
  return new Secret(new Uint8Array(Buffer.from(written, HEX.test(written) ? 'hex' : 'base64')));
};
