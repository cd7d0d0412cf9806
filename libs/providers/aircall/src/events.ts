/** The version of everything in `normalise/`: a higher one wins over a lower at the same moment. */
export const NORMALISER = 1;

export const CANARY_EVENT = 'innkeeper.canary';

interface CallEvent {
  readonly about: 'call';
  readonly rank: number;
  readonly onHold?: boolean;
  readonly transferFailed?: boolean;
  /** `user` is whose phone rang, not who spoke. */
  readonly offer?: 'ringing' | 'declined';
  /** Lists every tag: one that is missing was taken off. */
  readonly allTags?: true;
}

interface ContactEvent {
  readonly about: 'contact';
  readonly rank: number;
  readonly deleted?: true;
}

interface ColleagueEvent {
  readonly about: 'colleague';
  readonly rank: number;
  readonly deleted?: true;
  readonly connected?: boolean;
  readonly wrappingUp?: boolean;
}

interface LineEvent {
  readonly about: 'line';
  readonly rank: number;
  readonly deleted?: true;
}

export type AircallEvent = CallEvent | ContactEvent | ColleagueEvent | LineEvent;
export type EventOf<About extends AircallEvent['about']> = Extract<AircallEvent, { about: About }>;

/** A call's life in order: timestamps are whole seconds, and much happens within one. Rank 0 is for what is only mentioned. */
const calls: Readonly<Record<string, Omit<CallEvent, 'about'>>> = {
  'call.created': { rank: 10 },
  'call.ivr_option_selected': { rank: 15 },
  'call.ringing_on_agent': { rank: 20, offer: 'ringing' },
  'call.agent_declined': { rank: 25, offer: 'declined' },
  'call.answered': { rank: 30, onHold: false },
  'call.hold': { rank: 35, onHold: true },
  'call.unhold': { rank: 36, onHold: false },
  'call.unsuccessful_transfer': { rank: 40, transferFailed: true },
  'call.transferred': { rank: 41, transferFailed: false },
  'call.external_transferred': { rank: 42, transferFailed: false },
  'call.hungup': { rank: 50 },
  'call.ended': { rank: 55 },
  'call.voicemail_left': { rank: 60 },
  'call.comm_assets_generated': { rank: 62 },
  'call.assigned': { rank: 70 },
  'call.tagged': { rank: 74 },
  'call.untagged': { rank: 75, allTags: true },
  'call.commented': { rank: 78 },
  'call.archived': { rank: 80 },
};

const contacts: Readonly<Record<string, Omit<ContactEvent, 'about'>>> = {
  'contact.created': { rank: 10 },
  'contact.updated': { rank: 20 },
  'contact.deleted': { rank: 90, deleted: true },
};

/** The deprecated and the present form say the same; the present one wins. */
const colleagues: Readonly<Record<string, Omit<ColleagueEvent, 'about'>>> = {
  'user.created': { rank: 10 },
  'user.connected': { rank: 20, connected: true },
  'user.opened': { rank: 30 },
  'user.wut_start': { rank: 40, wrappingUp: true },
  'user.wut_end': { rank: 50, wrappingUp: false },
  'user.closed': { rank: 60 },
  'user.disconnected': { rank: 70, connected: false },
  'user.deleted': { rank: 90, deleted: true },
};

const lines: Readonly<Record<string, Omit<LineEvent, 'about'>>> = {
  'number.created': { rank: 10 },
  'number.opened': { rank: 20 },
  'number.closed': { rank: 30 },
  'number.deleted': { rank: 90, deleted: true },
};

/** Every event that becomes a fact. What is not here is kept and said to be not understood. */
export const events: ReadonlyMap<string, AircallEvent> = new Map<string, AircallEvent>([
  ...Object.entries(calls).map(([name, of]) => [name, { about: 'call', ...of }] as const),
  ...Object.entries(contacts).map(([name, of]) => [name, { about: 'contact', ...of }] as const),
  ...Object.entries(colleagues).flatMap(([name, of]) => [
    [name, { about: 'colleague', ...of }] as const,
    [`${name}.v2`, { about: 'colleague', ...of, rank: of.rank + 1 }] as const,
  ]),
  ...Object.entries(lines).map(([name, of]) => [name, { about: 'line', ...of }] as const),
]);
