import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { utf8, type JsonObject } from '#libs/kernel';
import type { Normalised } from '#libs/ports/provider';

import { normalise } from './normalise.js';
import { normaliseAnswer } from './normalise-answer.js';

const folder = new URL('../../../../../test/fixtures/guesty/', import.meta.url);
const task = JSON.parse(
  readFileSync(new URL('api/rest.task.get.json', folder), 'utf8'),
) as JsonObject;
const ID = '672aa0000000000000000001';

const told = (event: string, change: object = {}, headers: Record<string, string> = {}) =>
  normalise({
    account: 'main',
    headers,
    body: utf8(JSON.stringify({ event, task: { ...task, ...change } })),
    receivedAt: 0,
  });

const answered = (body: object, headers: Record<string, string> = {}) =>
  normaliseAnswer({
    account: 'main',
    headers: {
      'innkeeper-entity': 'task',
      'innkeeper-id': ID,
      'innkeeper-asked-at': '9',
      ...headers,
    },
    body: utf8(JSON.stringify(body)),
    receivedAt: 0,
  });

const main = (said: Normalised) => {
  if (!said.understood || !('observations' in said)) throw new Error('not understood');
  const [first] = said.observations;
  if (!first) throw new Error('nothing observed');
  return first;
};

describe('a task', () => {
  it('reads the same from a webhook and from the API, but for when and by what it was told', () => {
    const { event: _e, rank: _r, ...byWebhook } = main(told('task.updated')).data;
    const { event: _f, rank: _s, ...byApi } = main(answered(task)).data;
    expect(byApi).toEqual(byWebhook);
    expect(main(answered(task)).personal).toEqual(main(told('task.updated')).personal);
  });

  it('is looked up after each webhook, because bodies carry no time; an answer asks nothing', () => {
    const hints = [{ entity: 'task', id: ID }];
    expect(told('task.created')).toMatchObject({ hints });
    expect(told('task.updated')).toMatchObject({ hints });
    expect(told('task.deleted')).not.toHaveProperty('hints');
    expect(answered(task)).not.toHaveProperty('hints');
  });

  it('is gone when it was deleted, or when the API has it no more', () => {
    expect(main(told('task.deleted')).data).toMatchObject({ deleted: true });
    const gone = main(answered({}, { 'innkeeper-gone': 'true' }));
    expect(gone).toMatchObject({
      stream: `task/guesty.main.${ID}`,
      occurredAt: 9,
      data: { deleted: true, event: 'api.task.gone' },
    });
    expect(gone).not.toHaveProperty('personal');
  });

  it('is as old as its message, where that says so', () => {
    const headers = {
      'svix-id': 'msg_0ujtsYcgvSTl8PAuAdqWYSMnLOv',
      'svix-timestamp': '1507608047',
    };
    expect(main(told('task.updated', {}, headers)).occurredAt).toBe(1507608047000);
  });

  it('reads its checklist whether items are texts or objects, done here or there', () => {
    const checklist = [
      'Bring two AA cells',
      { _id: '672aa00000000000000000c2', title: 'Test the code', isChecked: true },
      { title: 'Write to the guest' },
    ];
    const { data, personal } = main(
      told('task.updated', { checklist, checklistFinished: ['Bring two AA cells'] }),
    );
    expect(data['checklist']).toEqual([
      { done: true, id: '0' },
      { done: true, id: '672aa00000000000000000c2' },
      { done: false, id: '2' },
    ]);
    expect(personal).toMatchObject({
      checklist: [
        { id: '0', text: 'Bring two AA cells' },
        { id: '672aa00000000000000000c2', text: 'Test the code' },
        { id: '2', text: 'Write to the guest' },
      ],
    });
  });

  it('tells an empty list from none', () => {
    const none = main(told('task.updated', { checklist: null, tags: undefined })).data;
    expect(none).not.toHaveProperty('checklist');
    expect(none).not.toHaveProperty('tags');
    expect(main(told('task.updated', { tags: [] })).data).toMatchObject({
      checklist: [],
      tags: [],
    });
  });

  it('reads a comment, and who made it by id or by name', () => {
    const comment = {
      _id: '672aa00000000000000000d1',
      text: 'On my way',
      date: '2026-09-14T10:00:00Z',
    };
    const byId = main(told('task.updated', { comment: { ...comment, by: task['createdBy'] } }));
    expect(byId.data['comments']).toEqual([
      {
        at: Date.parse(comment.date),
        by: 'guesty.main.64a1b1c1d1e1f1a1b1c1d1e1',
        id: comment._id,
      },
    ]);
    const byName = main(told('task.updated', { comment: { ...comment, by: 'Ines Carvalho' } }));
    expect(byName.personal).toMatchObject({
      comments: [{ by: 'Ines Carvalho', id: comment._id, text: 'On my way' }],
    });
    expect(JSON.stringify(byName.data)).not.toContain('Ines');
  });

  it.each([
    ['in progress', 'in_progress'],
    ['COMPLETED', 'completed'],
    ['mid-stay', 'mid-stay'],
  ])('has the status %s as %s', (status, word) => {
    expect(main(told('task.updated', { status })).data).toMatchObject({ status: word });
  });

  it.each([
    [0.5, 30],
    ['1.75', 105],
    [2, 120],
  ])('that takes %j hours takes %i minutes', (plannedDuration, minutes) => {
    expect(main(told('task.updated', { plannedDuration })).data).toMatchObject({
      plannedMinutes: minutes,
    });
  });

  it('belongs to a listing, a stay, or an owner’s stay', () => {
    const apply = { listingId: ID, reservationId: null, ownerReservationId: ID };
    const { data } = main(told('task.updated', { apply }));
    expect(data).toMatchObject({
      listing: `guesty.main.${ID}`,
      ownerReservation: `guesty.main.${ID}`,
    });
    expect(data).not.toHaveProperty('reservation');
  });

  it('without an id is not understood, and where the API was asked for it, it has that one', () => {
    expect(told('task.updated', { _id: 'Maya' })).toMatchObject({
      understood: false,
      event: 'task.updated',
      reason: 'the field task._id has another form than expected',
    });
    expect(main(answered({ title: 'Towels' })).data).toMatchObject({ task: `guesty.main.${ID}` });
  });
});
