import type { Catalog, ReadRecords } from '#libs/catalog';
import type { Intake } from '#libs/intake';
import { Caller, contexts, parseJson, Process, type Operator } from '#libs/platform';
import {
  noteName,
  noting,
  removeNote as removeNoteRoute,
  saveNote as saveNoteRoute,
  type AskedNoting,
  type NoteName,
  type RemovedNoteAnswer,
  type SavedNoteAnswer,
} from '#libs/routes';
import { fault } from '#libs/kernel';
import {
  Controller,
  createParamDecorator,
  Inject,
  Param,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { found } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';
import { removeNote, saveNote, type NotesParts } from './save-note.js';

const MARKDOWN_TYPE = /^text\/(?:markdown|x-markdown|plain)\b/i;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

/** JSON, or Markdown as it stands in a file. */
const NoteBody = createParamDecorator((_: undefined, context: ExecutionContext): AskedNoting => {
  const { headers, body } = context.switchToHttp().getRequest<FastifyRequest>();
  const type = headers['content-type'];
  if (type === undefined || JSON_TYPE.test(type)) return parseJson(noting, body);
  if (!MARKDOWN_TYPE.test(type)) throw fault('API_MEDIA_TYPE_UNSUPPORTED');
  return { text: Buffer.isBuffer(body) ? body.toString('utf8') : '' };
});

/** What the company writes down about its homes. */
@Controller()
export class NotesController {
  constructor(
    @Inject(contexts.catalog) private readonly catalog: Catalog,
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(saveNoteRoute)
  async save(
    @NoteBody() asked: AskedNoting,
    @ListQuery(noteName) { name }: NoteName,
    @Caller() operator: Operator,
  ): Promise<SavedNoteAnswer> {
    const parts = this.#parts(await this.#recordsOf(operator));
    return saveNote(parts)({ ...asked, ...(name !== undefined && { name }) });
  }

  @Route(removeNoteRoute)
  async remove(
    @Param('id') note: string,
    @Caller() operator: Operator,
  ): Promise<RemovedNoteAnswer> {
    const records = await this.#recordsOf(operator);
    found(await records.show('note', note));
    return removeNote(this.#parts(records))(note);
  }

  async #recordsOf(operator: Operator): Promise<ReadRecords> {
    return this.catalog.recordsFor(await this.process.principalsOf(operator));
  }

  #parts(records: ReadRecords): NotesParts {
    const { clock, parts, settings } = this.process;
    return {
      handIn: this.intake.handIn,
      findListings: this.catalog.findListings,
      isErased: async (note) => {
        const record = await records.show('note', note);
        return record?.deleted === false && record['text'] === undefined;
      },
      account: settings.notes.account,
      clock,
      hash: parts.hash,
    };
  }
}
