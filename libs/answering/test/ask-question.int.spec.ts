import { afterEach, describe, expect, it } from '@jest/globals';

import { composeAnswering } from '#libs/answering';
import type { FactObservation } from '#libs/journal';

import { ANNA, hitOf, openAnswering, type AnsweringWorld } from './answering-world.js';

const NOTICE = 'notice/door.main.7';

/** A record that sources can be of. */
const notice = (subject: string): FactObservation => ({
  type: 'intake.notice.observed.v1',
  stream: NOTICE,
  occurredAt: 1_789_377_124_000,
  meta: { source: 'door/main', causationId: 'a delivery', correlationId: 'a delivery' },
  data: { event: 'told', notice: 'door.main.7', normaliser: 1, rank: 10 },
  personal: { body: '{}', subject },
});

const CONTACT = 'contact/aircall.main.77120045';

/** A record that can be deleted at its source. */
const contact = ({ deleted }: { readonly deleted?: true }): FactObservation => ({
  ...notice(''),
  type: 'intake.contact.observed.v1',
  stream: CONTACT,
  data: {
    contact: { id: 'aircall.main.77120045' },
    event: 'told',
    normaliser: 1,
    rank: deleted ? 90 : 20,
    ...(deleted && { deleted }),
  },
  personal: { contact: { firstName: 'Maya' } },
});

const fuses = hitOf(NOTICE, 'The hall is blue. The fuse box is behind the coats.');

describe('a question', () => {
  let world: AnsweringWorld;
  const open = async (...answers: Parameters<typeof openAnswering>): Promise<AnsweringWorld> => {
    world = await openAnswering(...answers);
    await world.tell(notice('House book'));
    return world;
  };
  afterEach(() => world.parts.close());

  it('is answered with the best sentence, its source, and the word that it is an extract', async () => {
    const { ask } = await open({ hits: [fuses] });
    const answer = await ask('where is the fuse box');
    expect(answer).toMatchObject({
      outcome: 'answered',
      way: 'extractive',
      citations: [
        { record: NOTICE, name: 'House book', quote: 'The fuse box is behind the coats.' },
      ],
    });
    expect(answer.answer).toContain('The fuse box is behind the coats. [1]');
    expect(answer.answer).toContain('no language model');
  });

  it('gets "I do not know" with the nearest sources if none covers what it asks', async () => {
    const { ask } = await open({ hits: [{ ...fuses, coverage: 0.2 }] });
    const answer = await ask('is the sauna open in winter');
    expect(answer).toMatchObject({ outcome: 'abstained', citations: [{ record: NOTICE }] });
    expect(answer.answer).toContain('I do not know');
  });

  it('is asked back where it may be about several things, and a choice answers it', async () => {
    const choices = [
      { id: NOTICE, name: 'Harbour Loft' },
      { id: `${NOTICE}0`, name: 'Harbour View' },
    ];
    const scope = { state: 'ambiguous', ids: [], choices } as const;
    const { ask, asked, tell } = await open({ scope }, { hits: [fuses] });
    await tell({
      ...notice('Harbour View'),
      stream: `${NOTICE}0`,
      data: { event: 'told', notice: 'door.main.70', normaliser: 1, rank: 10 },
    });
    const { conversation, ...back } = await ask('where is the fuse box of harbour');
    expect(back).toMatchObject({ outcome: 'asked_back', choices });
    const answer = await ask('harbour loft', { conversation });
    expect(answer.outcome).toBe('answered');
    expect(asked[1]).toMatchObject({
      text: 'where is the fuse box of harbour',
      scope: [NOTICE],
    });
  });

  it('with a key is asked once: again it gets the same answer', async () => {
    const { ask, asked, parts } = await open({ hits: [fuses] });
    const first = await ask('where is the fuse box', { key: 'k1' });
    const again = await ask('where is the fuse box', { key: 'k1' });
    expect(again).toEqual(first);
    expect(asked).toHaveLength(1);
    expect(await parts.log.stream(`dialogue/${first.conversation}`, 0, 10)).toHaveLength(2);
    await expect(ask('another', { key: 'k1' })).rejects.toMatchObject({
      code: 'ANSWERING_KEY_REUSED',
    });
  });

  it('goes on where a crash ended it: kept once, answered once', async () => {
    const { answering, answeringParts, ask } = await open({ hits: [fuses] });
    const dying = composeAnswering({
      ...answeringParts,
      search: () => Promise.reject(new Error('killed')),
    });
    const request = { asker: ANNA, principals: ['staff', ANNA], text: 'fuses?', key: 'k9' };
    const cause = { actor: 'anna', cause: '019ad3c2-5b00-7a11-8c22-00000000ffff' };
    await expect(dying.ask(request, cause)).rejects.toThrow('killed');
    const answer = await ask('fuses?', { key: 'k9' });
    expect(answer).toMatchObject({ outcome: 'answered' });
    const shown = await answering.showDialogue(
      { asker: ANNA, principals: ['staff', ANNA] },
      answer.conversation,
    );
    expect(shown.questions).toHaveLength(1);
  });

  it('knows the turns before it, but no answer whose source is gone', async () => {
    const { ask, asked, tell } = await open({ hits: [hitOf(CONTACT, fuses.passage.text)] });
    await tell(contact({}));
    const { conversation } = await ask('where is the fuse box');
    await ask('and the wifi?', { conversation });
    expect(asked[1]?.turns).toEqual([
      { who: 'user', text: 'where is the fuse box' },
      { who: 'other', text: 'The fuse box is behind the coats.', records: [CONTACT] },
    ]);
    await tell(contact({ deleted: true }));
    await ask('and the keys?', { conversation });
    expect(asked[2]?.turns.map(({ who }) => who)).toEqual(['user', 'user']);
  });

  it('goes on with no dialogue of somebody else', async () => {
    const { ask } = await open({ hits: [fuses] });
    const { conversation } = await ask('where is the fuse box');
    const asBen = { conversation, asker: 'user:ben', principals: ['staff', 'user:ben'] };
    await expect(ask('and the wifi?', asBen)).rejects.toMatchObject({ code: 'API_NOT_FOUND' });
  });

  it('becomes a record that its asker reads, and nobody else', async () => {
    const { ask, catalog, fold } = await open({ hits: [fuses] });
    const { id } = await ask('where is the fuse box');
    await fold();
    const record = await catalog.recordsFor([ANNA]).show('question', id);
    expect(record).toMatchObject({ text: 'where is the fuse box', outcome: 'answered' });
    expect(JSON.stringify(record)).not.toContain('coats');
    expect(await catalog.recordsFor(['staff']).show('question', id)).toBeUndefined();
  });
});
