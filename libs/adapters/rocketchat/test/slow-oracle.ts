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

/** What a question in a room may use. */
export interface OracleRights {
  readonly rooms: readonly string[];
  readonly groups: readonly string[];
  readonly isStaff: boolean;
  readonly isForOne: boolean;
}

export class SlowOracle {
  readonly #judged = new Map<string, boolean>();

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

  private get asked(): SlowOracle {
    return new SlowOracle(this.chat, { direct: true, livechat: false });
  }

  mayAskIn(username: string, room: Doc): boolean {
    return this.asked.mayRead(username, room);
  }

  /** Staff: who has this role, or has joined the room of this name. */
  inRoom(username: string, room: Doc, [role, club]: readonly string[]): OracleRights | undefined {
    const asked = this.asked;
    if (!asked.mayRead(username, room)) return undefined;
    const readers = this.chat.users.filter((user) => asked.reads(user, room));
    const known = readers.filter((user) => asked.mayRead(said(user['_id']), room));
    const isClosed = known.length === readers.length && !asked.isOpenToOthers(room, []);
    const everyone = (is: (user: Doc) => boolean): boolean => isClosed && known.every(is);
    const own = this.chat.users.find((user) => user['username'] === username) as Doc;
    const isMember = (user: Doc): boolean =>
      this.chat.rocketchat_room.some(
        (each) =>
          each['name'] === club &&
          (each['t'] === 'c' || each['t'] === 'p') &&
          each['prid'] === undefined &&
          this.hasJoined(user, each),
      );
    return {
      rooms: this.chat.rocketchat_room
        .filter((each) => this.remembered(own, each))
        .filter((each) => each === room || everyone((user) => this.remembered(user, each)))
        .map(({ _id }) => said(_id))
        .sort(),
      groups: this.rolesOf(own)
        .filter((each) => everyone((user) => this.rolesOf(user).includes(each)))
        .map(said)
        .sort(),
      isStaff: everyone((user) => this.rolesOf(user).includes(said(role)) || isMember(user)),
      isForOne: isClosed && known.length === 1,
    };
  }

  private remembered(user: Doc, room: Doc): boolean {
    const key = `${said(user['_id'])} ${said(room['_id'])}`;
    const known = this.#judged.get(key) ?? this.mayRead(said(user['_id']), room);
    this.#judged.set(key, known);
    return known;
  }

  private hasJoined(user: Doc, room: Doc): boolean {
    return this.chat.rocketchat_subscription.some(
      (each) =>
        each['rid'] === room['_id'] &&
        field(each, 'u._id') === user['_id'] &&
        each['status'] === undefined,
    );
  }

  /** Anybody but a program whom the chat shows this room, one of ours or not. */
  private reads(user: Doc, room: Doc): boolean {
    if (user['active'] === false || user['type'] === 'bot' || user['type'] === 'app') return false;
    if (this.rolesOf(user).includes('bot') || this.rolesOf(user).includes('app')) return false;
    return user['federated'] === true
      ? this.joinedHereOrAbove(user, room, [])
      : this.canAccess(user, room, []);
  }

  private joinedHereOrAbove(user: Doc, room: Doc, below: readonly Doc[]): boolean {
    if (below.includes(room)) return false;
    if (this.hasJoined(user, room)) return true;
    const parent = this.roomById(room['prid']);
    return parent !== undefined && this.joinedHereOrAbove(user, parent, [...below, room]);
  }

  private isOpenToOthers(room: Doc, below: readonly Doc[]): boolean {
    if (below.includes(room)) return false;
    if (room['federated'] === true) return true;
    const parent = this.roomById(room['prid']);
    return parent !== undefined && this.isOpenToOthers(parent, [...below, room]);
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
