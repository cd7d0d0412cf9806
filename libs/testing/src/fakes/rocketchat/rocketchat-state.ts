import type { Json, JsonObject } from '#libs/kernel';

export type ChatThing = Readonly<Record<string, Json>>;

/** What stands in the database of a Rocket.Chat, as far as its API shows it. */
export class RocketchatState {
  readonly users = new Map<string, ChatThing>();
  readonly rooms = new Map<string, ChatThing>();
  readonly subscriptions: ChatThing[] = [];
  readonly messages = new Map<string, ChatThing>();
  /** Hard deletions, with their time and room. */
  readonly deleted: { readonly _id: string; readonly rid: string; readonly at: number }[] = [];

  /** No status is joined; INVITED and BANNED are not. */
  isIn(userId: string, rid: string): boolean {
    return this.subscriptions.some(
      (each) =>
        each['rid'] === rid &&
        (each['u'] as JsonObject)['_id'] === userId &&
        (each['status'] ?? undefined) === undefined,
    );
  }

  user(query: URLSearchParams): ChatThing | undefined {
    const [id, name] = [query.get('userId'), query.get('username')];
    if (id !== null) return this.users.get(id);
    return [...this.users.values()].find(({ username }) => username === name);
  }

  join(userId: string, rid: string, status?: string): void {
    this.subscriptions.push({
      _id: `${rid}-${userId}`,
      ...{ rid, u: { _id: userId } },
      ...(status !== undefined && { status }),
    });
  }

  leave(userId: string, rid: string): void {
    const at = this.subscriptions.findIndex(({ _id }) => _id === `${rid}-${userId}`);
    if (at >= 0) this.subscriptions.splice(at, 1);
  }

  /** Written or changed at this time. */
  write(message: ChatThing, at: number): void {
    const _updatedAt = new Date(at).toISOString();
    this.messages.set(message['_id'] as string, { ts: _updatedAt, ...message, _updatedAt });
  }

  erase(id: string, at: number): void {
    const message = this.messages.get(id);
    if (!message) return;
    this.messages.delete(id);
    this.deleted.push({ _id: id, rid: message['rid'] as string, at });
  }
}
