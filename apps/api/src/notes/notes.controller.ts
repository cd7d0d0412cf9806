import type { Catalog } from '#libs/catalog';
import type { Intake } from '#libs/intake';
import { contexts, parseJson, Process } from '#libs/platform';
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
  readonly #parts: NotesParts;

  constructor(
    @Inject(contexts.catalog) private readonly catalog: Catalog,
    @Inject(contexts.intake) intake: Intake,
    @Inject(Process) { clock, parts, settings }: Process,
  ) {
    this.#parts = {
      handIn: intake.handIn,
      findListings: catalog.findListings,
      isErased: async (note) => {
        const record = await catalog.records.show('note', note);
        return record?.deleted === false && record['text'] === undefined;
      },
      account: settings.notes.account,
      clock,
      hash: parts.hash,
    };
  }

  @Route(saveNoteRoute)
  save(
    @NoteBody() asked: AskedNoting,
    @ListQuery(noteName) { name }: NoteName,
  ): Promise<SavedNoteAnswer> {
    return saveNote(this.#parts)({ ...asked, ...(name !== undefined && { name }) });
  }

  @Route(removeNoteRoute)
  async remove(@Param('id') note: string): Promise<RemovedNoteAnswer> {
    found(await this.catalog.records.show('note', note));
    return removeNote(this.#parts)(note);
  }
}
