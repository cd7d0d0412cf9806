import type { JsonObject } from '#libs/kernel';

import type { ChatThing } from './chat-collection.js';
import { forbidden, refused } from './chat-refusal.js';
import { listOf, type RocketchatState } from './rocketchat-state.js';

/** Who may do what, by the chat's own rules. */
export class ChatRights {
  constructor(private readonly state: RocketchatState) {}

  /** By roles everywhere, and by those in the room. */
  may(userId: string, permission: string, rid?: string): boolean {
    const { users, permissions } = this.state;
    const inRoom = rid === undefined ? undefined : this.state.subscription(userId, rid);
    const roles = [...listOf(users.get(userId)?.['roles']), ...listOf(inRoom?.['roles'])];
    return listOf(permissions.get(permission)?.['roles']).some((role) => roles.includes(role));
  }

  mayRead(userId: string, room: ChatThing): boolean {
    const rid = room['_id'] as string;
    if (room['t'] === 'c' && this.#readsOpen(userId, room)) return true;
    if (this.state.isIn(userId, rid)) {
      // A test that gives no roles speaks of membership only.
      if (this.state.users.get(userId)?.['roles'] === undefined) return true;
      if (this.may(userId, 'view-joined-room')) return true;
      if (this.may(userId, `view-${room['t'] as string}-room`)) return true;
    }
    const parent = this.state.rooms.get((room['prid'] ?? '') as string);
    if (parent) return this.mayRead(userId, parent);
    return room['t'] === 'l' && this.#readsLivechat(userId, room);
  }

  #readsOpen(userId: string, room: ChatThing): boolean {
    const team = this.state.teams.get((room['teamId'] ?? '') as string);
    if (team?.['type'] === 1)
      return [...this.state.teamMembers.values()].some(
        (each) => each['teamId'] === team['_id'] && each['userId'] === userId,
      );
    return this.may(userId, 'view-c-room');
  }

  #readsLivechat(userId: string, room: ChatThing): boolean {
    const servedBy = (room['servedBy'] as JsonObject | undefined)?.['_id'];
    return servedBy === userId || this.may(userId, 'view-livechat-rooms');
  }

  /** The room, for those who may read it. */
  readable(userId: string, rid: string): ChatThing {
    const room = this.state.rooms.get(rid);
    if (!room)
      throw refused('The required "roomId" does not match any room', 'error-room-not-found');
    if (!this.mayRead(userId, room)) throw forbidden();
    return room;
  }

  /** The room, for those who may write there now. */
  writable(userId: string, rid: string): ChatThing {
    const room = this.state.rooms.get(rid);
    if (!room) throw refused('Invalid room', 'error-invalid-room');
    if (!this.mayRead(userId, room)) throw forbidden();
    const username = (this.state.users.get(userId)?.['username'] ?? '') as string;
    const subscription = this.state.subscription(userId, rid);
    if (room['archived'] === true) throw refused('room_is_archived', 'error-room-archived');
    if (
      room['t'] === 'd' &&
      (subscription?.['blocked'] === true || subscription?.['blocker'] === true)
    )
      throw refused('room_is_blocked');
    const isUnmuted = listOf(room['unmuted']).includes(username);
    if (room['ro'] === true && !isUnmuted && !this.may(userId, 'post-readonly', rid))
      throw refused("You can't send messages because the room is readonly.");
    if (listOf(room['muted']).includes(username)) throw refused('You_have_been_muted');
    if (room['encrypted'] === true && this.state.setting('E2E_Allow_Unencrypted_Messages') !== true)
      throw refused('Not allowed to send un-encrypted messages in an encrypted room');
    return room;
  }
}
