import { letterOf, type DeadLetter, type Operations } from '#libs/operations';
import { fault } from '#libs/kernel';
import { contexts, JsonBody } from '#libs/platform';
import {
  dropLetter,
  letterQuery,
  listLetters,
  redriveAllLetters,
  redriveLetter,
  redriving,
  showLetter,
  type AskedRedriving,
  type LetterListQuery,
} from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { found, iso, pageAnswer, present } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';

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
