import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { describePeer } from '#libs/testing';
import type { Document } from 'mongodb';

import { BOT, ChatWorld, FINANCE, INES, MAYA, member, message, OPS } from './harness/chat-world.js';
import { until } from './harness/outside.js';
import { everythingShown } from './harness/shown-places.js';

/** Each value names its field, so that a leak says where it came from. */
const planted: string[] = [];
const secret = (field: string): string => {
  const value = `xqplanted${field.replaceAll(/[^a-z0-9]/giu, '')}`;
  if (!planted.includes(value)) planted.push(value);
  return value;
};

/** What no document of a collection may give away: as an update sets it. */
const secretsOf: Readonly<Record<string, () => Document>> = {
  users: () => ({
    'services.password.bcrypt': secret('bcrypt'),
    'services.resume.loginTokens': [{ hashedToken: secret('loginToken') }],
    'services.keycloak.accessToken': secret('accessToken'),
    'services.email2fa.changedAt': secret('twoFactor'),
    'services.totp.secret': secret('totp'),
    'e2e.private_key': secret('privateKey'),
    emails: [{ address: `${secret('email')}@example.com`, verified: true }],
    statusText: secret('statusText'),
    bio: secret('bio'),
    'settings.preferences.note': secret('preferences'),
  }),
  rocketchat_subscription: () => ({
    E2EKey: secret('E2EKey'),
    oldRoomKeys: [{ E2EKey: secret('oldRoomKey') }],
    draft: secret('draft'),
    threadDrafts: { some: secret('threadDraft') },
    tunread: [secret('tunread')],
    customFields: { note: secret('memberField') },
  }),
  rocketchat_room: () => ({
    lastMessage: { msg: secret('lastMessage'), u: { username: secret('lastAuthor') } },
    joinCode: secret('joinCode'),
    e2eKeyId: secret('roomKey'),
    customFields: { note: secret('roomField') },
    v: { token: secret('visitorToken') },
  }),
  rocketchat_message: () => ({
    urls: [{ url: `https://example.com/${secret('url')}`, meta: { t: secret('urlMeta') } }],
    customFields: { note: secret('messageField') },
    bot: { i: secret('integration') },
    token: secret('token'),
    content: { ciphertext: secret('ciphertext') },
    file: { _id: secret('fileId'), name: 'plan.pdf', url: secret('fileUrl') },
    reactions: { ':+1:': { usernames: [secret('reactor')] } },
    attachments: [{ title_link: secret('titleLink'), image_preview: secret('preview') }],
  }),
};

/**
 * Who reacted is counted here, and a machine is known by its integration: both come as far as the bus, which forgets
 * them within the minute.
 */
const onTheWay = [secret('reactor'), secret('integration')];

describePeer('mongodb', 'what the chat keeps to itself', (mongodb) => {
  let world: ChatWorld;
  const plant = async (chat: ChatWorld): Promise<void> => {
    for (const [collection, secrets] of Object.entries(secretsOf))
      await chat.in(collection).updateMany({}, { $set: secrets() });
  };
  const told = (id: string) =>
    until(`${id} is a record`, async () => world.record(id).then((record) => record?.['text']));

  beforeAll(async () => {
    world = await ChatWorld.open(
      (await mongodb.shared()).url,
      { INNKEEPER_LOG_LEVEL: 'debug', INNKEEPER_ROCKETCHAT_STAFF: 'room:finance' },
      { before: plant },
    );
  }, 120_000);
  afterAll(() => world.dispose());

  it('is in no row, no file, no message, no line and no answer: neither by the snapshot nor by the stream', async () => {
    await told('dpvgJibBLeMzEAEtR');
    await world.messages.insertMany([
      { ...message('plantedMessage001', 'The lamp hangs behind the chosenword curtain.') },
      { ...message('plantedMessage002', 'Payouts leave on Friday.', { rid: FINANCE, u: INES }) },
    ]);
    const answer = message('plantedAnswer0001', secret('answerText'), { u: BOT });
    await world.messages.insertOne({ ...answer, tmid: 'plantedMessage001' });
    await world.members.updateOne({ rid: OPS, 'u._id': INES._id }, { $set: { roles: ['owner'] } });
    await world.in('users').updateOne({ _id: INES._id }, { $set: { name: 'Inês D.' } });
    await plant(world);
    await world.in('rocketchat_room').updateOne({ _id: OPS }, { $set: { topic: 'Linen' } });
    await world.members.insertOne(member({ ...MAYA, _id: 'another' }, OPS));
    await told('plantedMessage002');
    // Told again because of what was planted in it, so that the stream met every field.
    await until('the file of the first is known', async () => {
      const record = await world.record('plantedMessage001');
      return JSON.stringify(record).includes('plan.pdf');
    });
    await until('a reaction to our answer is known', async () => {
      const { text } = await world.as('admin').get('/api/facts?limit=200');
      const isKnown = /plantedAnswer0001(?:(?!plantedAnswer)[^])*"reactions"/u.test(text);
      return isKnown && text.includes('chat_answer');
    });
    await world.answered(MAYA, 'Where does the lamp hang?', 'plantedMessage001');

    const shown = await everythingShown(world.as('admin'));
    const everywhere: Readonly<Record<string, string>> = {
      ...Object.fromEntries(shown),
      asked: await world.shownTo(MAYA, ...planted.slice(0, 3).map((word) => word.slice(9))),
      heard: world.platform.heard,
      printed: world.platform.printed,
    };
    const leaks = Object.entries(everywhere).flatMap(([where, text]) =>
      planted
        .filter((value) => text.toLowerCase().includes(value.toLowerCase()))
        .map((v) => [v, where]),
    );
    expect(leaks).toEqual([]);
    const never = planted.filter((value) => !onTheWay.includes(value));
    expect(world.filesWith(...never)).toEqual([]);
    await world.platform.tidy();
    await until('none is in a file', async () => world.filesWith(...planted).length === 0);
    // What was looked through holds what it should, and all was looked for.
    expect(everywhere['asked']).toContain('plantedMessage001');
    for (const id of ['plantedMessage001', 'plantedAnswer0001'])
      expect(everywhere['heard']).toContain(id);
    expect(everywhere['printed']).toContain('"level":"debug"');
    expect(world.filesWith('plantedMessage001')).not.toEqual([]);
    expect(planted.length).toBeGreaterThan(25);
  });
});
