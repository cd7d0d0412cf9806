export type Thing = Readonly<Record<string, unknown>>;

export const INTELLIGENCE = {
  transcription: 'transcription',
  summary: 'summary',
  topics: 'topic',
  sentiments: 'sentiment',
  action_items: 'action_items',
} as const;
export type Intelligence = keyof typeof INTELLIGENCE;

/** What a company has at Aircall. Messages are not in it: they are told and never kept for anybody. */
export class AircallState {
  readonly calls = new Map<string, Thing>();
  readonly contacts = new Map<string, Thing>();
  readonly users = new Map<string, Thing>();
  readonly numbers = new Map<string, Thing>();
  /** By `<call>/<what>`; the whole answer. */
  readonly intelligence = new Map<string, Thing>();
  hasIntelligence = true;

  /** Takes in what an event tells, as the API will show it. */
  apply(event: string, data: Thing): void {
    const id = String(data['id']);
    const [resource] = event.split('.');
    if (resource === 'call') this.calls.set(id, restCall(data, this.calls.get(id)));
    else if (event === 'contact.deleted') this.contacts.delete(id);
    else if (resource === 'contact') this.contacts.set(id, data);
    else if (event.startsWith('user.deleted')) this.users.delete(id);
    else if (resource === 'user') this.users.set(id, withoutKeys(data, ['numbers']));
    else if (event === 'number.deleted') this.numbers.delete(id);
    else if (resource === 'number') this.numbers.set(id, data);
  }
}

const RELATIONS = ['user', 'contact', 'assigned_to', 'transferred_by', 'transferred_to'];
const WEBHOOK_ONLY = ['participants', 'hangup_cause', 'call_uuid', 'recording_short_url'];

const withoutKeys = (thing: Thing, keys: readonly string[]): Thing =>
  Object.fromEntries(Object.entries(thing).filter(([key]) => !keys.includes(key)));

/** REST writes null where a webhook leaves the key out, and says less about the course of a call. */
const restCall = (data: Thing, before: Thing = {}): Thing => {
  const relations: Thing = Object.fromEntries(
    RELATIONS.map((key): [string, unknown] => [key, data[key] ?? before[key] ?? null]),
  );
  return {
    ...before,
    ...withoutKeys(data, WEBHOOK_ONLY),
    sid: data['call_uuid'] ?? before['sid'] ?? null,
    ...relations,
  };
};
