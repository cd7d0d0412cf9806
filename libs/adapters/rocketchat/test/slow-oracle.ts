import type { Json, JsonObject } from '#libs/kernel';

import type { ChatDocuments } from './chat-on-mongodb.js';

/**
 * Who may read a room, by the facts about the chat read aloud, rule by rule and without a thought of speed. It shares
 * no line with what it judges.
 */
export interface OracleOptions {
  readonly direct: boolean;
  readonly livechat: boolean;
}

type Doc = Readonly<Record<string, Json | undefined>>;

const field = (doc: Doc | undefined, path: string): Json | undefined =>
  path
    .split('.')
    .reduce<Json | undefined>(
      (value, key) => (value as Doc | null | undefined)?.[key],
      doc as JsonObject | undefined,
    );

const said = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

export class SlowOracle {
  constructor(
    private readonly chat: ChatDocuments,
    private readonly options: OracleOptions,
  ) {}

  mayRead(username: string, room: Doc): boolean {
    const matches = this.chat.users.filter(
      (user) => user['username'] === username || user['_id'] === username,
    );
    if (matches.length !== 1) return false;
    const user = matches[0] as Doc;
    const roles = this.rolesOf(user);
    if (user['type'] !== 'user' || user['active'] !== true || user['federated'] === true)
      return false;
    if (roles.includes('bot') || roles.includes('app')) return false;
    if (room['encrypted'] === true) return false;
    if (this.isSilenced(room, [])) return false;
    return this.canAccess(user, room, []);
  }

  private rolesOf(user: Doc): readonly Json[] {
    return (user['roles'] as Json[] | undefined) ?? [];
  }

  private roomById(id: Json | undefined): Doc | undefined {
    return this.chat.rocketchat_room.find(({ _id }) => _id === id);
  }

  /** Off by a setting or by a word, in the room or in any room above it. */
  private isSilenced(room: Doc, below: readonly Doc[]): boolean {
    if (below.includes(room)) return false;
    const { direct, livechat } = this.options;
    if (room['t'] === 'd' && !direct) return true;
    if (room['t'] === 'l' && !livechat) return true;
    if (!['c', 'p', 'd', 'l'].includes(said(room['t']))) return true;
    for (const text of [room['topic'], room['announcement'], room['description']])
      if (said(text).toLowerCase().includes('#no-innkeeper')) return true;
    const parent = room['prid'] === undefined ? undefined : this.roomById(room['prid']);
    return parent !== undefined && this.isSilenced(parent, [...below, room]);
  }

  private has(user: Doc, permission: string): boolean {
    const granted = this.chat.rocketchat_permissions.find(({ _id }) => _id === permission);
    const roles = (granted?.['roles'] as Json[] | undefined) ?? [];
    return roles.some((role) => this.rolesOf(user).includes(role));
  }

  private canAccess(user: Doc, room: Doc, below: readonly Doc[]): boolean {
    if (below.includes(room)) return false;
    const own = this.chat.rocketchat_subscription.find(
      (each) => each['rid'] === room['_id'] && field(each, 'u._id') === user['_id'],
    );
    const status = own?.['status'];
    if (status !== undefined && status !== 'INVITED') return false;
    const isMember =
      own !== undefined &&
      status === undefined &&
      (this.has(user, 'view-joined-room') || this.has(user, `view-${said(room['t'])}-room`));
    const wanted = (room['abacAttributes'] as Doc[] | undefined) ?? [];
    if (wanted.length > 0) return isMember && wanted.every((each) => this.matches(user, each));
    if (isMember) return true;
    if (room['t'] === 'l' && this.canAccessTalk(user, room)) return true;
    if (room['prid'] !== undefined) {
      const parent = this.roomById(room['prid']);
      return parent !== undefined && this.canAccess(user, parent, [...below, room]);
    }
    return room['t'] === 'c' && this.canAccessChannel(user, room);
  }

  private canAccessChannel(user: Doc, room: Doc): boolean {
    if (room['teamId'] === undefined) return this.has(user, 'view-c-room');
    const team = this.chat.rocketchat_team.find(({ _id }) => _id === room['teamId']);
    if (team?.['type'] === 0) return this.has(user, 'view-c-room');
    if (team?.['type'] !== 1) return false;
    return this.chat.rocketchat_team_member.some(
      (each) => each['teamId'] === team['_id'] && each['userId'] === user['_id'],
    );
  }

  private canAccessTalk(user: Doc, room: Doc): boolean {
    if (this.has(user, 'view-livechat-rooms')) return true;
    if (field(room, 'servedBy._id') === user['_id']) return true;
    const isClosed = room['open'] !== true;
    return isClosed && this.has(user, 'view-livechat-room-closed-by-another-agent');
  }

  private matches(user: Doc, wanted: Doc): boolean {
    const attributes = (user['abacAttributes'] as Doc[] | undefined) ?? [];
    const own = attributes.find(({ key }) => key === wanted['key']);
    const values = (own?.['values'] as Json[] | undefined) ?? [];
    return ((wanted['values'] as Json[] | undefined) ?? []).every((value) =>
      values.includes(value),
    );
  }
}
