import { letterOf, type DeadLetter, type Operations } from '#libs/operations';
import { fault } from '#libs/kernel';
import { contexts, JsonBody } from '#libs/platform';
import { Controller, Inject, Param } from '@nestjs/common';
import { z } from 'zod';

import { found, iso, isoTime, pageAnswer, pageOf, present } from '../routes/answers.js';
import { ListQuery, listQuery, word } from '../routes/queries.js';
import { Route, type RouteNote } from '../routes/route.js';

const letterQuery = listQuery({ subscription: word('Only those of this subscription.') });
type LetterListQuery = z.output<typeof letterQuery>;

const redriving = z.strictObject({ subscription: z.string().min(1).optional() }).default({});
type AskedRedriving = z.output<typeof redriving>;

const letterShown = z.object({
  id: z.string(),
  subscription: z.string(),
  code: z.string(),
  attempts: z.int(),
  buriedAt: isoTime,
  bytes: z.int(),
  attributes: z.record(z.string(), z.string()),
});

const one = (method: RouteNote['method'], path: string, does: string): RouteNote => ({
  method,
  path,
  group: 'Dead letters',
  does,
  role: method === 'get' ? 'viewer' : 'operator',
});

const listLetters: RouteNote = {
  ...one('get', '/api/dead', 'Messages nobody could handle, newest first; their bytes stay sealed'),
  query: letterQuery,
  answers: pageOf(letterShown),
};
const showLetter: RouteNote = {
  ...one('get', '/api/dead/:id', 'One of them, with its cause'),
  answers: letterShown,
};
const redriveAllLetters: RouteNote = {
  ...one('post', '/api/dead/redrive', 'Sends all of them to their subscriptions once more'),
  says: 'With `{ "subscription" }` only those of one.',
  body: redriving,
  answers: z.object({ redriven: z.int() }),
};
const redriveLetter = one('post', '/api/dead/:id/redrive', 'Sends it to its subscription again');
const dropLetter = one('delete', '/api/dead/:id', 'Forgets it for good, its key too');

const shownLetter = ({ buriedAt, ...letter }: DeadLetter) => ({
  ...letter,
  buriedAt: iso(buriedAt),
});

/** What nobody could handle. */
@Controller()
export class DeadLettersController {
  constructor(@Inject(contexts.operations) private readonly operations: Operations) {}

  @Route(listLetters)
  async list(@ListQuery(letterQuery) query: LetterListQuery) {
    const page = await this.operations.deadLetters.list({ ...present(query), limit: query.limit });
    return pageAnswer(page, (letter) => shownLetter(letterOf(letter)));
  }

  @Route(showLetter)
  async show(@Param('id') id: string) {
    return shownLetter(found(await this.operations.deadLetters.show(id)));
  }

  @Route(redriveAllLetters)
  redriveAll(@JsonBody(redriving) { subscription }: AskedRedriving) {
    return this.operations.redriveAll(subscription);
  }

  @Route(redriveLetter)
  async redrive(@Param('id') id: string): Promise<void> {
    if (!(await this.operations.deadLetters.redrive(id))) throw fault('API_NOT_FOUND');
  }

  @Route(dropLetter)
  async drop(@Param('id') id: string): Promise<void> {
    if (!(await this.operations.deadLetters.drop(id))) throw fault('API_NOT_FOUND');
  }
}
