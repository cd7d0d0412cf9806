import { describe, expect, it } from '@jest/globals';

import { webHash } from '#libs/kernel';

import { digestTexts, textsOf } from './document-texts.js';

const document = {
  _id: 'a',
  msg: 'x',
  u: { name: 'ada', status: 'away' },
  _updatedAt: 1,
  reads: 3,
};
const quiet = ['u.status', 'reads'];

describe('the texts of a document', () => {
  it('tell all of it, and compare it without what is quiet', () => {
    expect(textsOf(document, quiet)).toEqual({
      told: '{"_id":"a","_updatedAt":1,"msg":"x","reads":3,"u":{"name":"ada","status":"away"}}',
      compared: '{"_id":"a","msg":"x","u":{"name":"ada"}}',
    });
  });

  it('are one where nothing is quiet', () => {
    const { told, compared } = textsOf({ _id: 'a' }, quiet);
    expect(compared).toBe(told);
  });

  it('have digests that tell the two apart', async () => {
    const later = { ...document, _updatedAt: 2, u: { name: 'ada', status: 'online' } };
    const edited = { ...document, msg: 'y' };
    const [a, b, c] = await digestTexts(
      webHash,
      [document, later, edited].map((one) => textsOf(one, quiet)),
    );
    expect(a?.compared).toBe(b?.compared);
    expect(a?.told).not.toBe(b?.told);
    expect(a?.compared).not.toBe(c?.compared);
    expect(a?.compared).toMatch(/^[0-9a-f]{32}$/);
  });
});
