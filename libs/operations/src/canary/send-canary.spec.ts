import { nodeHash } from '#libs/adapters/node-crypto';
import { Secret } from '#libs/kernel';
import { sendCanary, type Knock } from '../index.js';
import { aircall } from '#libs/providers/aircall';
import { expect, it } from '@jest/globals';

const SECRET = new Secret('the current secret');
const NOW = 1_789_377_124_321;

/** A door that answers this, and what it was sent. */
const door = (answer: number | undefined) => {
  const knocked: Parameters<Knock>[] = [];
  const knock: Knock = async (...args) => {
    knocked.push(args);
    return answer;
  };
  return { knocked, send: () => sendCanary({ knock })(aircall, SECRET, NOW) };
};

it('knocks once at its provider’s door, signed so that the door believes it', async () => {
  const { knocked, send } = door(undefined);
  expect(await send()).toBeUndefined();
  const [[source, request] = ['', { headers: {}, body: new Uint8Array() }], ...more] = knocked;
  expect([source, more]).toEqual(['aircall', []]);
  const tools = { secrets: [SECRET], hash: nodeHash };
  expect(await aircall.prove({ ...request, source, receivedAt: NOW }, tools)).toMatchObject({
    proved: true,
  });
});

it('is understood as a canary that says when it was sent, to the millisecond', async () => {
  const { knocked, send } = door(undefined);
  await send();
  const [, { headers, body }] = knocked[0] ?? ['', { headers: {}, body: new Uint8Array() }];
  expect(aircall.normalise({ account: 'main', headers, body, receivedAt: NOW + 5 })).toEqual({
    understood: true,
    canary: true,
    sentAt: NOW,
  });
});

it('tells what the door said where it was not let in', async () => {
  for (const status of [401, 503, 0]) expect(await door(status).send()).toBe(status);
});
