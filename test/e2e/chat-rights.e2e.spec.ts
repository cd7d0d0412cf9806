import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { guesty } from '#libs/providers/guesty';
import { describePeers, type Toxiproxy, type ToxicProxy } from '#libs/testing';
import { readFileSync } from 'node:fs';

import {
  ChatWorld,
  FINANCE,
  INES,
  MAYA,
  message,
  OPS,
  TOMAS,
  chatSample,
  type ChatDocument,
  type ChatUser,
} from './harness/chat-world.js';
import { deliver, until } from './harness/outside.js';
import { signedPost } from './harness/providers.js';

const BUDGET = 'Where does the budget binder stand?';
const BUDGET_MARK = 'quillfinch';
const PAYMENT = 'payment/guesty.main.66f0000000000000000000a1';
const PAID = 'What did Quillon pay with the card?';

describePeers(['mongodb', 'toxiproxy'], 'who may read what of the chat', (mongodb, toxi) => {
  let world: ChatWorld;
  let toxiproxy: Toxiproxy;
  let way: ToxicProxy;

  /** Neither the answer nor anything around it names what somebody may not read. */
  const finds = async (user: ChatUser, question: string, mark: string): Promise<boolean> => {
    const asked = await world.ask(user, question);
    const found = asked.text.includes(mark);
    if (!found) expect(asked.json).toMatchObject({ outcome: 'abstained', citations: [] });
    return found;
  };

  beforeAll(async () => {
    const set = await mongodb.shared();
    toxiproxy = await toxi.start();
    way = await toxiproxy.proxyTo(await set.primaryPort());
    world = await ChatWorld.open(
      set.url,
      { INNKEEPER_ROCKETCHAT_STAFF: 'room:finance' },
      { seenAs: `mongodb://${way.host}/?directConnection=true` },
    );
  }, 120_000);
  afterAll(async () => {
    await world.dispose();
    await toxiproxy.stop();
  });

  it('answers who is in the room with the source, and tells nobody else that there is anything', async () => {
    const said = message(
      'budgetMessage00001',
      `The budget binder stands behind the ${BUDGET_MARK} shelf.`,
      { rid: FINANCE, u: INES },
    );
    await world.messages.insertOne(said);
    for (const user of [INES, MAYA]) {
      const { answer } = await world.answered(user, BUDGET, said._id);
      expect(answer).toContain(BUDGET_MARK);
    }
    expect(await world.shownTo(TOMAS, BUDGET)).not.toMatch(/quillfinch|budgetMessage00001/);
    expect(await finds(TOMAS, BUDGET, BUDGET_MARK)).toBe(false);
    expect(await finds({ ...TOMAS, username: 'nobody' }, BUDGET, BUDGET_MARK)).toBe(false);
  });

  it('finds nothing any more for who left, at the next question, and withdraws what was answered before', async () => {
    const { id } = await world.answered(MAYA, BUDGET, 'budgetMessage00001');
    await world.members.deleteOne({ rid: FINANCE, 'u._id': MAYA._id });
    expect(await finds(MAYA, BUDGET, BUDGET_MARK)).toBe(false);
    const before = await world.as('viewer', MAYA.username).get(`/api/questions/${id}`);
    expect(before.json).toMatchObject({ outcome: 'withdrawn', citations: [] });
    expect(before.text).not.toContain(BUDGET_MARK);
    expect(await world.shownTo(MAYA)).not.toContain(BUDGET_MARK);
    expect(await finds(INES, BUDGET, BUDGET_MARK)).toBe(true);
  });

  it('answers nobody whose account is switched off', async () => {
    const kettle = message('kettleMessage0001', 'The blue kettle stands in the zephyrfinch room.');
    await world.messages.insertOne(kettle);
    const question = 'Where does the blue kettle stand?';
    await world.answered(TOMAS, question, kettle._id);
    await world.in('users').updateOne({ _id: TOMAS._id }, { $set: { active: false } });
    expect(await finds(TOMAS, question, 'zephyrfinch')).toBe(false);
    await world.in('users').updateOne({ _id: TOMAS._id }, { $set: { active: true } });
    expect(await finds(TOMAS, question, 'zephyrfinch')).toBe(true);
  });

  it('shows records of the business to staff of the chat alone', async () => {
    const path = new URL('../fixtures/guesty/payments.received.json', import.meta.url);
    const text = readFileSync(path, 'utf8').replace('Maya Osei', 'Quillon Payer');
    const { status } = await deliver(world.platform.url(), await signedPost(guesty, text));
    expect(status).toBe(200);
    await until('Inês is answered from the payment', async () =>
      (await world.ask(INES, PAID)).text.includes(PAYMENT),
    );
    expect((await world.ask(TOMAS, PAID)).text).not.toMatch(/591\.50|payment\/guesty/);
    // Who becomes staff is so at the next question.
    await world.members.insertOne({
      ...chatSample('subscription-02-private-member-unread'),
      ...{ _id: 'tomasJoinsFinance', rid: FINANCE, u: TOMAS },
    });
    expect((await world.ask(TOMAS, PAID)).text).toContain(PAYMENT);
    await world.members.deleteOne({ _id: 'tomasJoinsFinance' });
    expect((await world.ask(TOMAS, PAID)).text).not.toContain(PAYMENT);
  });

  it('takes a room out that does not want it, for everybody and at the next question', async () => {
    const lamp = message('lampMessage000001', 'The green lamp hangs over the quillheron table.');
    await world.messages.insertOne(lamp);
    const question = 'Where does the green lamp hang?';
    await world.answered(MAYA, question, lamp._id);
    await world
      .in('rocketchat_room')
      .updateOne({ _id: OPS }, { $set: { topic: 'Linen. #No-Innkeeper please' } });
    expect(await finds(MAYA, question, 'quillheron')).toBe(false);
    await until('its messages are no records', async () => {
      const record = await world.record(lamp._id);
      return record?.['deleted'] === true;
    });
    await world.in('rocketchat_room').updateOne({ _id: OPS }, { $set: { topic: 'Linen' } });
    await world.answered(MAYA, question, lamp._id);
  });

  it('never takes up direct messages, unless a setting says so', async () => {
    const direct = chatSample('room-04-direct-two-people') as ChatDocument;
    await world.in('rocketchat_room').insertOne(direct);
    await world.messages.insertMany([
      message('directMessage0001', 'The red drum lies under the zephyrheron bed.', {
        rid: direct._id,
      }),
      message('afterTheDirect001', 'The white drum lies under the quillegret bench.'),
    ]);
    // What came after it is there, so it was met.
    await world.answered(MAYA, 'Where does the white drum lie?', 'afterTheDirect001');
    const asked = await world.ask(MAYA, 'Where does the red drum lie?');
    expect(asked.text).not.toMatch(/zephyrheron|directMessage0001/);
    expect(await world.record('directMessage0001')).toBeUndefined();
    expect(world.filesWith('zephyrheron')).toEqual([]);
  });

  it('answers nobody while the chat cannot be asked, and goes on when it can', async () => {
    await way.cut();
    for (const user of [INES, TOMAS]) {
      const { status, json } = await world.ask(user, BUDGET);
      expect([status, (json as { code: string }).code]).toEqual([503, 'DIRECTORY_UNAVAILABLE']);
    }
    await way.mend();
    await world.answered(INES, BUDGET, 'budgetMessage00001');
  });
});
