import type { JsonObject } from '#libs/kernel';

import { ChatCollection, type ChatListener, type ChatThing } from './chat-collection.js';
import { DEFAULT_PERMISSIONS, DEFAULT_SETTINGS } from './chat-defaults.js';

export type { ChatThing } from './chat-collection.js';

/** What stands in the database of a Rocket.Chat, as far as its API shows it. */
export class RocketchatState {
  readonly users = new ChatCollection('users');
  readonly rooms = new ChatCollection('rocketchat_room');
  readonly messages = new ChatCollection('rocketchat_message');
  readonly permissions = new ChatCollection('rocketchat_permissions');
  readonly roles = new ChatCollection('rocketchat_roles');
  readonly settings = new ChatCollection('rocketchat_settings');
  readonly teams = new ChatCollection('rocketchat_team');
  readonly teamMembers = new ChatCollection('rocketchat_team_member');
  readonly integrations = new ChatCollection('rocketchat_integrations');
  /** Copies of what was deleted for good. */
  readonly trash = new ChatCollection('rocketchat__trash');
  /** `join` and `leave` tell followers; what a test puts here itself they do not hear of. */
  readonly subscriptions: ChatThing[] = [];
  readonly #listeners: ChatListener[] = [];
  /** Hard deletions, with their time and room. */
  readonly deleted: { readonly _id: string; readonly rid: string; readonly at: number }[] = [];

  constructor() {
    for (const [_id, roles] of Object.entries(DEFAULT_PERMISSIONS))
      this.permissions.set(_id, { _id, roles: [...roles] });
    for (const [_id, value] of Object.entries(DEFAULT_SETTINGS))
      this.settings.set(_id, { _id, value });
    for (const _id of ['admin', 'user', 'bot', 'app', 'guest', 'owner', 'moderator'])
      this.roles.set(_id, {
        _id,
        name: _id,
        scope: ROOM_ROLES.has(_id) ? 'Subscriptions' : 'Users',
      });
  }

  /** Hears of each change from now on, and of all that is there. */
  follow(listener: ChatListener): void {
    const { users, rooms, messages, permissions, roles, settings, teams, teamMembers } = this;
    const all = [users, rooms, messages, permissions, roles, settings, teams, teamMembers];
    for (const each of [...all, this.integrations, this.trash]) each.follow(listener);
    this.#listeners.push(listener);
    for (const each of this.subscriptions) this.#tell(each['_id'] as string, each);
  }

  #tell(id: string, document: ChatThing | undefined): void {
    for (const listener of this.#listeners) listener('rocketchat_subscription', id, document);
  }

  subscription(userId: string, rid: string): ChatThing | undefined {
    return this.subscriptions.find((each) => each['rid'] === rid && authorOf(each) === userId);
  }

  /** No status is joined; INVITED and BANNED are not. */
  isIn(userId: string, rid: string): boolean {
    return this.subscriptions.some(
      (each) =>
        each['rid'] === rid &&
        authorOf(each) === userId &&
        (each['status'] ?? undefined) === undefined,
    );
  }

  user(query: URLSearchParams): ChatThing | undefined {
    const [id, name] = [query.get('userId'), query.get('username')];
    if (id !== null) return this.users.get(id);
    return name === null ? undefined : this.userNamed(name);
  }

  userNamed(name: string): ChatThing | undefined {
    return [...this.users.values()].find(({ username }) => username === name);
  }

  setting(id: string): ChatThing[string] | undefined {
    return this.settings.get(id)?.['value'];
  }

  /** With a status it is an invitation or a ban; roles are those of the room. */
  join(userId: string, rid: string, status?: string, roles: readonly string[] = []): void {
    const room = this.rooms.get(rid);
    const { username, name } = this.users.get(userId) ?? {};
    const u = { _id: userId, ...(username && { username }), ...(name && { name }) };
    const _id = `${rid}-${userId}`;
    this.leave(userId, rid);
    const subscription: ChatThing = {
      ...{ _id, rid, u, open: true, unread: 0 },
      ...(room && { t: room['t'] ?? 'c', name: room['name'] ?? rid }),
      ...(roles.length > 0 && { roles: [...roles] }),
      ...(status !== undefined && { status }),
    };
    this.subscriptions.push(subscription);
    this.#tell(_id, subscription);
  }

  leave(userId: string, rid: string): void {
    const _id = `${rid}-${userId}`;
    const at = this.subscriptions.findIndex((each) => each['_id'] === _id);
    if (at < 0) return;
    this.subscriptions.splice(at, 1);
    this.#tell(_id, undefined);
  }

  membersOf(rid: string): ChatThing[] {
    return this.subscriptions.filter((each) => each['rid'] === rid);
  }

  /** Written or changed at this time. */
  write(message: ChatThing, at: number): void {
    const _updatedAt = new Date(at).toISOString();
    this.messages.set(message['_id'] as string, { ts: _updatedAt, ...message, _updatedAt });
  }

  /** Deleted for good, with a copy in the trash. */
  erase(id: string, at: number): void {
    const message = this.messages.get(id);
    if (!message) return;
    this.messages.delete(id);
    const _deletedAt = new Date(at).toISOString();
    this.trash.set(id, { ...message, _deletedAt, __collection__: 'message' });
    this.deleted.push({ _id: id, rid: message['rid'] as string, at });
  }
}

const ROOM_ROLES = new Set(['owner', 'moderator']);

/** Whose it is. */
export const authorOf = (message: ChatThing): string =>
  ((message['u'] as JsonObject | undefined)?.['_id'] as string | undefined) ?? '';

export const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? (value as string[]) : [];
