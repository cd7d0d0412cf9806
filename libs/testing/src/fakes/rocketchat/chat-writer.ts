import type { Clock, Json } from '#libs/kernel';

import type { ChatThing } from './chat-collection.js';
import { forbidden, refused } from './chat-refusal.js';
import type { ChatRights } from './chat-rights.js';
import { addressesIn, channelsIn, mentionsIn, quotesIn } from './message-text.js';
import { authorOf, listOf, type RocketchatState } from './rocketchat-state.js';

export interface ChatWriterParts {
  readonly state: RocketchatState;
  readonly rights: ChatRights;
  readonly clock: Clock;
  /** As the server's callback after a message was saved. */
  readonly onSaved: (message: ChatThing) => void;
}

export interface ChatText {
  readonly text: string;
  /** Which links outside get a preview; those to the chat itself are quoted all the same. */
  readonly previewUrls?: readonly string[];
}

let made = 0;
/** As long as the chat's own. */
export const chatId = (): string => `m${String(++made).padStart(16, '0')}`;

/** What people and machines do to messages. */
export class ChatWriter {
  constructor(private readonly parts: ChatWriterParts) {}

  get #now(): string {
    return new Date(this.parts.clock.now()).toISOString();
  }

  /** `undefined`: a message of this id is there, hidden or not. */
  send(userId: string, given: ChatThing, previewUrls?: readonly string[]): ChatThing | undefined {
    const { state, rights } = this.parts;
    if (typeof given['rid'] !== 'string')
      throw refused("The 'rid' property on the message object is missing.", 'error-invalid-params');
    if (given['t'] !== undefined) throw refused('Invalid message type', 'error-invalid-params');
    const root = this.#rootOf(given['tmid']);
    const rid = root?.['rid'] ?? given['rid'];
    rights.writable(userId, rid as string);
    const text = typeof given['msg'] === 'string' ? given['msg'] : '';
    this.#checkImpersonation(userId, given);
    const parsed = this.#parsed(userId, { text, ...(previewUrls && { previewUrls }) }, given);
    const _id = typeof given['_id'] === 'string' ? given['_id'] : chatId();
    if (state.messages.has(_id)) return undefined;
    const now = this.#now;
    const message: ChatThing = {
      ...given,
      ...{ _id, rid, msg: text, ts: now, u: this.#signature(userId), _updatedAt: now },
      ...parsed,
      ...(root && { tmid: root['_id'] ?? '' }),
    };
    state.messages.set(_id, message);
    if (root) this.#count(root, message);
    this.#touchRoom(message);
    this.parts.onSaved(message);
    return message;
  }

  #signature(userId: string): { _id: string; username: string; name?: string } {
    const { username = '', name } = this.parts.state.users.get(userId) ?? {};
    const u = { _id: userId, username: username as string };
    return typeof name === 'string' ? { ...u, name } : u;
  }

  #checkImpersonation(userId: string, given: ChatThing): void {
    const wants = given['alias'] !== undefined || given['avatar'] !== undefined;
    if (wants && !this.parts.rights.may(userId, 'message-impersonate'))
      throw refused('Not enough permission', 'error-not-allowed');
  }

  /** A reply to a reply belongs to the root of it. */
  #rootOf(tmid: Json | undefined): ChatThing | undefined {
    const { messages } = this.parts.state;
    const found = typeof tmid === 'string' ? messages.get(tmid) : undefined;
    if (typeof tmid === 'string' && !found) throw refused('Invalid thread', 'error-invalid-thread');
    return messages.get((found?.['tmid'] ?? '') as string) ?? found;
  }

  #parsed(userId: string, { text, previewUrls }: ChatText, before: ChatThing): ChatThing {
    const { state, rights } = this.parts;
    if (text.length > Number(state.setting('Message_MaxAllowedSize')))
      throw refused('Message size exceeds Message_MaxAllowedSize', 'error-message-size-exceeded');
    const mentions = mentionsIn(state, text);
    for (const { _id } of mentions)
      if (
        (_id === 'all' || _id === 'here') &&
        !rights.may(userId, `mention-${_id}`, before['rid'] as string)
      )
        throw refused(`Notify ${_id} in this room not allowed`, 'error-action-not-allowed');
    const looks = before['parseUrls'] !== false;
    const addresses = looks ? addressesIn(text) : [];
    const urls = addresses.map((url) => ({
      ...{ url, meta: {} },
      ...(previewUrls && !previewUrls.includes(url) && { ignoreParse: true }),
    }));
    const own = ((before['attachments'] ?? []) as ChatThing[]).filter(
      (each) => !each['message_link'],
    );
    const quotes = looks ? quotesIn(this.parts, userId, text) : [];
    const attachments = [...quotes, ...own];
    const channels = channelsIn(state, text);
    return { urls, mentions, channels, ...(attachments.length > 0 && { attachments }) };
  }

  /** Counters and followers of the root. */
  #count(root: ChatThing, reply: ChatThing): void {
    const people = [authorOf(root), authorOf(reply)];
    const replies = [...new Set([...listOf(root['replies']), ...people])];
    const tcount = Number(root['tcount'] ?? 0) + 1;
    const change = { tcount, replies, tlm: reply['ts'] ?? '', _updatedAt: this.#now };
    this.parts.state.messages.change(root['_id'] as string, change);
  }

  #touchRoom(message: ChatThing): void {
    const { rooms } = this.parts.state;
    const rid = message['rid'] as string;
    const msgs = Number(rooms.get(rid)?.['msgs'] ?? 0) + 1;
    const lm = message['ts'] ?? '';
    rooms.change(rid, { msgs, lm, lastMessage: message, _updatedAt: this.#now });
  }

  /** What the settings and rights say of editing it. */
  edit(userId: string, { id, rid }: { readonly id: string; readonly rid: string }, text: ChatText) {
    const { state, rights, clock } = this.parts;
    const message = this.#found(id, rid);
    const isOwn = authorOf(message) === userId && state.setting('Message_AllowEditing') === true;
    const canEdit = rights.may(userId, 'edit-message', rid);
    if (!isOwn && !canEdit) throw forbidden('error-action-not-allowed');
    const minutes = Number(state.setting('Message_AllowEditing_BlockEditInMinutes'));
    const age = clock.now() - Date.parse(message['ts'] as string);
    if (!canEdit && minutes > 0 && age > minutes * 60_000)
      throw refused('Message editing blocked', 'error-message-editing-blocked');
    rights.writable(userId, rid);
    if (message['msg'] === text.text) return message;
    const parsed = this.#parsed(userId, text, message);
    if (state.setting('Message_KeepHistory') === true) this.#keepCopy(message);
    const { _id, username } = this.#signature(userId);
    const edited = { editedAt: this.#now, editedBy: { _id, username }, _updatedAt: this.#now };
    const attachments = parsed['attachments'] ?? null;
    const changed = state.messages.change(id, {
      ...{ msg: text.text, md: null, ...parsed, attachments, ...edited },
    });
    this.parts.onSaved(changed);
    return changed;
  }

  #found(id: string, rid: string): ChatThing {
    const message = this.parts.state.messages.get(id);
    if (!message) throw refused(`No message found with the id of "${id}".`);
    if (message['rid'] === rid) return message;
    throw refused('The room id provided does not match where the message is from.');
  }

  #keepCopy(message: ChatThing): void {
    const _id = chatId();
    const parent = message['_id'] ?? '';
    this.parts.state.messages.set(_id, { ...message, _id, parent, _hidden: true });
  }

  remove(userId: string, id: string, rid: string): ChatThing {
    const { state, rights } = this.parts;
    const message = this.#found(id, rid);
    const isOwn = authorOf(message) === userId && state.setting('Message_AllowDeleting') === true;
    const mayOwn = isOwn && rights.may(userId, 'delete-own-message', rid);
    if (!mayOwn && !rights.may(userId, 'delete-message', rid))
      throw forbidden('error-action-not-allowed');
    this.takeAway(id, userId);
    return message;
  }

  /** By the settings: gone, hidden, or empty where it stood. */
  takeAway(id: string, by: string): void {
    const { state, clock } = this.parts;
    const message = state.messages.get(id);
    if (!message) return;
    const isRoot = Number(message['tcount'] ?? 0) > 0;
    const keeps = isRoot || state.setting('Message_KeepHistory') === true;
    const shows = isRoot || state.setting('Message_ShowDeletedStatus') === true;
    if (keeps && shows) this.#keepCopy(message);
    if (shows) this.#empty(message, by);
    else if (keeps) state.messages.change(id, { _hidden: true, _updatedAt: this.#now });
    else state.erase(id, clock.now());
    const root = state.messages.get((message['tmid'] ?? '') as string);
    const tcount = Number(root?.['tcount'] ?? 1) - 1;
    if (root) state.messages.change(root['_id'] as string, { tcount, _updatedAt: this.#now });
  }

  #empty(message: ChatThing, by: string): void {
    const { _id, username } = this.#signature(by);
    this.parts.state.messages.change(message['_id'] as string, {
      ...{ t: 'rm', msg: '', urls: [], mentions: [], attachments: [], reactions: {} },
      ...{ md: null, blocks: null, tshow: null, editedBy: { _id, username } },
      ...{ editedAt: this.#now, _updatedAt: this.#now },
    });
  }

  /** Toggles without `should`. */
  react(userId: string, id: string, emoji: string, should?: boolean): void {
    const { state, rights } = this.parts;
    const message = state.messages.get(id);
    if (!message) throw refused('Invalid message', 'error-not-allowed');
    const room = rights.readable(userId, message['rid'] as string);
    const { username } = this.#signature(userId);
    if (room['ro'] === true && room['reactWhenReadOnly'] !== true) throw forbidden();
    if (listOf(room['muted']).includes(username)) throw forbidden();
    const key = `:${emoji.replace(/^:|:$/gu, '')}:`;
    if (!/^:[a-z0-9_+-]+:$/u.test(key)) throw refused('Invalid emoji', 'error-invalid-emoji');
    const reactions = { ...(message['reactions'] as Record<string, { usernames: string[] }>) };
    const names = reactions[key]?.usernames ?? [];
    const has = names.includes(username);
    if (should !== undefined && should === has) return;
    const usernames = has ? names.filter((name) => name !== username) : [...names, username];
    if (usernames.length > 0) reactions[key] = { usernames };
    else delete reactions[key];
    const isLast = Object.keys(reactions).length === 0;
    const change = { reactions: isLast ? null : reactions, _updatedAt: this.#now };
    state.messages.change(id, change);
  }
}
