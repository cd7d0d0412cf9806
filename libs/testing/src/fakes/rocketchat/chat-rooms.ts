import type { Clock } from '#libs/kernel';

import type { ChatThing } from './chat-collection.js';
import { chatId } from './chat-writer.js';
import { forbidden, refused } from './chat-refusal.js';
import type { ChatRights } from './chat-rights.js';
import type { RocketchatState } from './rocketchat-state.js';

export interface ChatRoomsParts {
  readonly state: RocketchatState;
  readonly rights: ChatRights;
  readonly clock: Clock;
}

/** Makes rooms and brings people into them. */
export class ChatRooms {
  constructor(private readonly parts: ChatRoomsParts) {}

  /** The direct room of these accounts, the one that asks among them. */
  direct(userId: string, usernames: readonly string[]): ChatThing {
    const { state, rights, clock } = this.parts;
    const others = usernames.map((name) => state.userNamed(name.trim()));
    if (others.length === 0 || others.some((other) => other === undefined))
      throw refused('Invalid user', 'error-invalid-user');
    const ids = [...new Set([userId, ...others.map((other) => other?.['_id'] as string)])];
    if (ids.length > Number(state.setting('DirectMesssage_maxUsers')))
      throw refused('Too many users', 'error-direct-message-max-user-exceeded');
    const found = [...state.rooms.values()].find(
      ({ t, uids }) =>
        t === 'd' && [...((uids ?? []) as string[])].sort().join() === ids.sort().join(),
    );
    if (!found && !rights.may(userId, 'create-d')) throw forbidden();
    const _id =
      (found?.['_id'] as string | undefined) ?? (ids.length === 2 ? ids.join('') : chatId());
    const names = ids.map((id) => state.users.get(id)?.['username'] ?? '');
    const now = new Date(clock.now()).toISOString();
    const room = { _id, t: 'd', uids: ids, usernames: names, msgs: 0, ts: now, _updatedAt: now };
    if (!found) state.rooms.set(_id, room);
    for (const id of ids) if (!state.isIn(id, _id)) state.join(id, _id);
    return state.rooms.get(_id) ?? room;
  }

  /** With the note that the server writes of it. */
  join(userId: string, rid: string): void {
    const { state, clock } = this.parts;
    if (state.isIn(userId, rid)) return;
    state.join(userId, rid);
    const { username = '' } = state.users.get(userId) ?? {};
    const note = { _id: chatId(), rid, t: 'uj', msg: username, u: { _id: userId, username } };
    state.write(note, clock.now());
  }

  leave(userId: string, rid: string): void {
    const { state, clock } = this.parts;
    if (!state.isIn(userId, rid)) return;
    state.leave(userId, rid);
    const { username = '' } = state.users.get(userId) ?? {};
    const note = { _id: chatId(), rid, t: 'ul', msg: username, u: { _id: userId, username } };
    state.write(note, clock.now());
  }
}
