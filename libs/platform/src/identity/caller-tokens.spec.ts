import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, errors, exportJWK, generateKeyPair, SignJWT } from 'jose';

import { proveCaller } from './caller-tokens.js';

const NOW = Date.UTC(2026, 11, 1, 3);
const AUDIENCE = 'https://backup.example.com';
const CALLER = 'scheduler@project.iam.gserviceaccount.com';

const rig = async () => {
  const [ours, another] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(ours.publicKey)), kid: 'one', alg: 'RS256' };
  const prove = proveCaller({
    ...{ audience: AUDIENCE, caller: CALLER },
    keys: createLocalJWKSet({ keys: [jwk] }),
  });
  const signed = (claims: object = {}, key = ours.privateKey, header: object = {}) =>
    new SignJWT({
      ...{ iss: 'https://accounts.google.com', aud: AUDIENCE, email: CALLER },
      ...{ email_verified: true, iat: NOW / 1000 - 60, exp: NOW / 1000 + 3540, ...claims },
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
      .sign(key);
  return { prove, signed, another };
};

const refused = { code: 'BACKUP_WATCH_REFUSED' };

describe('who calls the function', () => {
  it('is known by a token of Google for this service account and this function', async () => {
    const { prove, signed } = await rig();
    await expect(prove(`Bearer ${await signed()}`, NOW)).resolves.toBeUndefined();
  });

  it.each([
    ['for another function', { aud: 'https://other.example.com' }],
    ['of another service account', { email: 'somebody@project.iam.gserviceaccount.com' }],
    ['of an address that nobody verified', { email_verified: false }],
    ['of an address that says it is verified in words', { email_verified: 'true' }],
    ['of another issuer', { iss: 'https://accounts.example.com' }],
    ['that is over', { exp: NOW / 1000 - 1 }],
    ['that never ends', { exp: undefined }],
    ['without an address', { email: undefined }],
    ['that is not valid yet', { nbf: NOW / 1000 + 600 }],
  ])('is refused with a token %s', async (_, claims) => {
    const { prove, signed } = await rig();
    await expect(prove(`Bearer ${await signed(claims)}`, NOW)).rejects.toMatchObject(refused);
  });

  it('is refused with a token that another key signed, also by the name of ours', async () => {
    const { prove, signed, another } = await rig();
    for (const header of [{}, { kid: 'two' }]) {
      const token = await signed({}, another.privateKey, header);
      await expect(prove(`Bearer ${token}`, NOW)).rejects.toMatchObject(refused);
    }
  });

  it('is refused without a token, and with one whose signature was taken off', async () => {
    const { prove, signed } = await rig();
    const [head, body] = (await signed()).split('.');
    const without = [undefined, '', 'Bearer', 'Basic eA==', 'Bearer x', `Bearer ${head}.${body}.`];
    for (const authorization of without)
      await expect(prove(authorization, NOW)).rejects.toMatchObject(refused);
  });

  it('may be right where nobody could be asked for the keys', async () => {
    const { signed } = await rig();
    const away = [new errors.JWKSTimeout(), new errors.JOSEError('503'), new TypeError('refused')];
    for (const error of away) {
      const keys = () => Promise.reject(error);
      const prove = proveCaller({ audience: AUDIENCE, caller: CALLER, keys });
      await expect(prove(`Bearer ${await signed()}`, NOW)).rejects.toMatchObject({
        code: 'BACKUP_WATCH_UNPROVED',
      });
    }
  });
});
