import type { Clock } from '#libs/kernel';

import type { FakeAnswer, FakeRequest } from '../web/fake-server.js';
import { parsedBody, type Handler, type Routes } from '../web/routes.js';
import type { ChatRights } from './chat-rights.js';
import type { ChatRooms } from './chat-rooms.js';
import { ChatRefusal, type RocketchatEra } from './chat-refusal.js';
import type { ChatWriter } from './chat-writer.js';
import type { RocketchatState } from './rocketchat-state.js';

/** What a call acts on, and as whom. */
export interface RocketchatApi {
  readonly state: RocketchatState;
  readonly rights: ChatRights;
  readonly writer: ChatWriter;
  readonly chatRooms: ChatRooms;
  readonly clock: Clock;
  /** Who asks. */
  readonly userId: string;
  readonly era: RocketchatEra;
  /** How a second message of one id is answered: versions differ. */
  readonly repeated: 'fails' | 'without message';
}

export const good = (body: object): FakeAnswer => ({
  status: 200,
  body: { ...body, success: true },
});

/** A refusal of any of them is answered as this version says it. */
export const refusing = (era: RocketchatEra, routes: Routes): Routes =>
  Object.fromEntries(
    Object.entries(routes).map(([route, handler]): [string, Handler] => [
      route,
      (request, ids) => {
        try {
          return handler(request, ids);
        } catch (error) {
          if (error instanceof ChatRefusal) return error.answer(era);
          throw error;
        }
      },
    ]),
  );

/** Of a query or of a body. */
export const given = (request: FakeRequest, key: string): string => {
  const value = request.query.get(key) ?? parsedBody(request)[key];
  return typeof value === 'string' ? value : '';
};

const LARGEST_PAGE = 100;

/** One page of a list, with its numbers. */
export const paged = <T>(
  { query }: FakeRequest,
  all: readonly T[],
): {
  readonly page: T[];
  readonly count: number;
  readonly offset: number;
  readonly total: number;
} => {
  const offset = Number(query.get('offset') ?? 0);
  const asked = Number(query.get('count') ?? 50);
  const wanted = asked === 0 ? all.length : Math.min(asked, LARGEST_PAGE);
  const page = all.slice(offset, offset + wanted);
  return { page, count: page.length, offset, total: all.length };
};
