import type { CallInsightObservedV1 } from '#libs/contracts';

/** The version of everything in `normalise/`: a higher one wins over a lower at the same moment. */
export const NORMALISER = 1;

type Insight = CallInsightObservedV1['insight'];

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

interface MessageEvent {
  readonly about: 'message';
  readonly rank: number;
}

interface InsightEvent {
  readonly about: 'insight';
  readonly rank: number;
  readonly insight: Insight;
}

interface VoiceAgentEvent {
  readonly about: 'voice agent';
  readonly rank: number;
  readonly escalated?: true;
}

interface UtterancesEvent {
  readonly about: 'utterances';
  readonly rank: number;
}

interface IntegrationEvent {
  readonly about: 'integration';
  readonly rank: number;
  readonly deleted?: true;
}

/** Says nothing of anything that is kept here. */
interface OtherEvent {
  readonly about: 'nothing';
  readonly rank: number;
}

export type AircallEvent =
  | CallEvent
  | ContactEvent
  | ColleagueEvent
  | LineEvent
  | MessageEvent
  | InsightEvent
  | VoiceAgentEvent
  | UtterancesEvent
  | IntegrationEvent
  | OtherEvent;
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

const messages: Readonly<Record<string, Omit<MessageEvent, 'about'>>> = {
  'message.received': { rank: 10 },
  'message.sent': { rank: 20 },
  'message.status_updated': { rank: 30 },
  'group_message.received': { rank: 10 },
  'group_message.sent': { rank: 20 },
  'group_message.status_updated': { rank: 30 },
};

/** What is told is that there is something; what it says is asked for. */
const insights: Readonly<Record<string, Omit<InsightEvent, 'about'>>> = {
  'transcription.created': { rank: 10, insight: 'transcription' },
  'summary.created': { rank: 10, insight: 'summary' },
  'topics.created': { rank: 10, insight: 'topics' },
  'sentiment.created': { rank: 10, insight: 'sentiment' },
  'action_item.created': { rank: 10, insight: 'action_items' },
  'playbook_result.created': { rank: 10, insight: 'playbook_result' },
  'playbook_result.updated': { rank: 20, insight: 'playbook_result' },
  'custom_summary.result_created': { rank: 10, insight: 'custom_summary' },
  'custom_summary.result_updated': { rank: 20, insight: 'custom_summary' },
  'call_evaluation.created': { rank: 10, insight: 'evaluation' },
  'call_evaluation.updated': { rank: 20, insight: 'evaluation' },
};

const voiceAgents: Readonly<Record<string, Omit<VoiceAgentEvent, 'about'>>> = {
  'ai_voice_agent.started': { rank: 10 },
  'ai_voice_agent.escalated': { rank: 20, escalated: true },
  'ai_voice_agent.ended': { rank: 30 },
  'ai_voice_agent.summary': { rank: 40 },
};

const others: Readonly<Record<string, AircallEvent>> = {
  'realtime_transcription.utterances_received': { about: 'utterances', rank: 10 },
  'integration.deleted': { about: 'integration', rank: 90, deleted: true },
  // Reports are asked for and read by people at the provider.
  'analytics.report_created': { about: 'nothing', rank: 0 },
  'analytics.report_failed': { about: 'nothing', rank: 0 },
};

/** Every event of the catalogue. What is not here is kept and said to be not understood. */
export const events: ReadonlyMap<string, AircallEvent> = new Map<string, AircallEvent>([
  ...Object.entries(calls).map(([name, of]) => [name, { about: 'call', ...of }] as const),
  ...Object.entries(contacts).map(([name, of]) => [name, { about: 'contact', ...of }] as const),
  ...Object.entries(colleagues).flatMap(([name, of]) => [
    [name, { about: 'colleague', ...of }] as const,
    [`${name}.v2`, { about: 'colleague', ...of, rank: of.rank + 1 }] as const,
  ]),
  ...Object.entries(lines).map(([name, of]) => [name, { about: 'line', ...of }] as const),
  ...Object.entries(messages).map(([name, of]) => [name, { about: 'message', ...of }] as const),
  ...Object.entries(insights).map(([name, of]) => [name, { about: 'insight', ...of }] as const),
  ...Object.entries(voiceAgents).map(
    ([name, of]) => [name, { about: 'voice agent', ...of }] as const,
  ),
  ...Object.entries(others),
]);

/** A line in proxy mode calls back by itself, in bodies of its own form: no webhook is asked for these. */
export const callbackEvents: ReadonlyMap<string, AircallEvent> = new Map<string, AircallEvent>([
  ['message.received', { about: 'message', rank: 10 }],
  ['message.updated', { about: 'message', rank: 30 }],
]);
