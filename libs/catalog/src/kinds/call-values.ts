import type { CallInsightObservedV1 } from '#libs/contracts';

import {
  flag,
  id,
  instant,
  items,
  one,
  parts,
  progress,
  sweep,
  text,
  type PlainValuesOf,
  type ValuesOf,
} from './values.js';

/** What comes as a list of things with ids is a field for each: the newest value of each counts. */
export const comments = items<CallComment>('comment');
export const menuChoices = items<MenuChoice>('menu');
/** By the colleague whose phone rang. */
export const offers = items<Offer>('offer');
/** What colleagues are called, by their ids. */
export const people = items<string>('person');
export const tags = items<{ readonly name?: string }>('tag');
/** Who tagged it when is told by fewer than those who tell all tags there are, and so must outlast their sweep. */
export const taggings = items<Tagging>('tagging');
/** When each insight was there first: that there is one is known before its content, and may stay all that is known. */
export const insights = items<number>('insight');
/** What was made of the call, by the name of the insight. */
export const insightContents = parts<InsightContent>('said');
/** Machines that talked in the call, by their sessions. */
export const voiceAgents = parts<VoiceAgentSession>('agent');

type CallComment = { readonly at?: number; readonly by?: string; readonly text?: string };
type MenuChoice = { readonly at?: number; readonly key?: string; readonly title?: string };
type Offer = { readonly at?: number; readonly outcome?: string };
type Tagging = { readonly at?: number; readonly by?: string };

type Speaker = { readonly by: string; readonly colleague?: string; readonly phone?: string };
type Utterance = {
  readonly from?: number;
  readonly speaker: number;
  readonly text?: string;
  readonly to?: number;
};

export type InsightContent = {
  readonly actionItems: readonly string[];
  readonly generated: boolean;
  readonly language: string;
  readonly results: readonly { readonly name: string; readonly result: string }[];
  readonly score: number;
  readonly sentiments: NonNullable<CallInsightObservedV1['sentiments']>;
  readonly speakers: readonly Speaker[];
  readonly text: string;
  readonly topics: readonly string[];
  readonly utterances: readonly Utterance[];
};

export type VoiceAgentSession = {
  readonly endReason: string;
  readonly endedAt: number;
  readonly escalatedAt: number;
  readonly escalationReason: string;
  readonly extracted: readonly { readonly name: string; readonly value: string }[];
  readonly id: string;
  readonly name: string;
  readonly startedAt: number;
};

type Participant = {
  readonly id?: string;
  readonly kind: string;
  readonly name?: string;
  readonly phone?: string;
};

export const values = {
  anonymous: flag,
  answeredAt: progress<number>(),
  archived: flag,
  assignedTo: id,
  colleague: id,
  comments,
  contact: id,
  contactName: text,
  direction: text,
  durationSeconds: progress<number>(),
  endedAt: progress<number>(),
  event: text,
  hangupCause: text,
  hasRecording: flag,
  hasVoicemail: flag,
  insightContents,
  insights,
  line: id,
  lineName: text,
  linePhone: text,
  menuChoices,
  missedReason: progress<string>(),
  offers,
  onHold: flag,
  participants: one<readonly Participant[]>(),
  people,
  /** The other party, E.164. */
  phone: text,
  /** The other party, where the number cannot be read. */
  phoneRaw: text,
  recordingPage: text,
  reference: text,
  startedAt: instant,
  status: progress<'answered' | 'ended' | 'ringing'>(),
  taggings,
  tags,
  tagsAre: sweep(tags),
  teams: one<readonly { readonly id: string; readonly name?: string }[]>(),
  transferFailed: flag,
  transferredBy: id,
  transferredTo: id,
  transferredToPhone: text,
  voiceAgents,
};

export type CallValues = ValuesOf<typeof values>;
export type PlainCallValues = PlainValuesOf<typeof values>;
