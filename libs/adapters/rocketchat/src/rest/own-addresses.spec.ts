import { describe, expect, it } from '@jest/globals';

import { asItWas, namingNoMessage } from './own-addresses.js';

const SITE = 'https://chat.example';

describe('an address in a text', () => {
  it.each([
    `${SITE}/channel/ops?msg=abc`,
    `${SITE}/direct/x?a=1&msg=abc&b=2`,
    `${SITE}/group/x?%6dsg=abc`,
    `${SITE}/group/x?%6D%73%67=abc`,
    `${SITE}/group/x?MSG=abc`,
    `chat.example/group/x?msg=abc`,
    `[ ](${SITE}/group/x?msg=a) [2](${SITE}/live/x?msg=b)`,
  ])('names no message of the chat: %s', (text) => {
    const broken = namingNoMessage(text);
    const names = [...broken.matchAll(/[?&]([^=&]*)=/g)].map(([, name = '']) =>
      decodeURIComponent(name).toLowerCase(),
    );
    expect(names.length).toBeGreaterThan(0);
    expect(names).not.toContain('msg');
    expect(broken.replaceAll('\u2060', '')).toBe(text);
    expect(asItWas(broken)).toBe(text);
    // A text that was read and is written again stays as it is.
    expect(namingNoMessage(broken)).toBe(broken);
  });

  it.each([
    'https://house.example/r/listing%2Fhouse.1?message=1&smsg=2#msg=3',
    'Is msg=1 a thing? msg=2, or &amp;msgs=3',
    'https://house.example/?%zz=1&%6=2',
    'a word\u2060joiner stays',
  ])('is left alone: %s', (text) => {
    expect(namingNoMessage(text)).toBe(text);
    expect(asItWas(text)).toBe(text);
  });
});
