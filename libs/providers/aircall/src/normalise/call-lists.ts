import {
  type Foreign,
  id,
  instant,
  label,
  nonEmpty,
  objectsOf,
  phoneText,
  present,
  text,
  word,
} from '#libs/foreign';
import type { CallObservedV1, CallObservedV1Personal } from '#libs/contracts';

import type { Colleagues } from './colleague.js';
import { entityOf, type AircallReport } from './report.js';

type Lists = 'comments' | 'menuChoices' | 'participants' | 'tags' | 'teams';
type PersonalLists = 'comments' | 'menuChoices' | 'participants' | 'teams';

export interface CallLists extends Pick<CallObservedV1, Lists> {
  readonly personal: Pick<CallObservedV1Personal, PersonalLists>;
}

/** An empty list says nothing: most bodies carry one before its time. */
export const callLists = (
  report: AircallReport,
  call: Foreign,
  colleagues: Colleagues,
  contactId: string | undefined,
): CallLists => {
  const tags = tagsOf(call.tags, colleagues);
  const comments = commentsOf(call.comments, colleagues);
  const choices = choicesOf(call.ivr_options_selected);
  const teams = teamsOf(report, call.teams);
  const people = participantsOf(report, call, colleagues, contactId);
  return {
    comments: nonEmpty(comments.map(({ at, by, id }) => present({ at, by, id }))),
    menuChoices: nonEmpty(choices.map(({ at, id, key }) => present({ at, id, key }))),
    participants: nonEmpty(people.map((person) => person.data)),
    tags: nonEmpty(tags),
    teams: nonEmpty(teams.map((team) => team.id)),
    personal: {
      comments: nonEmpty(comments.flatMap(({ id, text: of }) => (of ? [{ id, text: of }] : []))),
      menuChoices: nonEmpty(choices.flatMap(({ id, title }) => (title ? [{ id, title }] : []))),
      participants: people.some(({ says }) => says)
        ? people.map((person) => person.personal)
        : undefined,
      teams: nonEmpty(teams.flatMap(({ id, name }) => (name ? [{ id, name }] : []))),
    },
  };
};

const tagsOf = (value: unknown, colleagues: Colleagues): NonNullable<CallObservedV1['tags']> =>
  objectsOf(value).flatMap((tag) => {
    const own = id(tag.id);
    if (own === undefined) return [];
    // Where `created_at` stands instead, it is the time at which the tag itself was made.
    const at = instant(tag.tagged_at);
    return [present({ at, by: colleagues.add(tag.tagged_by), id: own, name: label(tag.name) })];
  });

const commentsOf = (value: unknown, colleagues: Colleagues) =>
  objectsOf(value).flatMap((comment) => {
    const own = id(comment.id);
    if (own === undefined) return [];
    const by = colleagues.add(comment.posted_by);
    return [{ at: instant(comment.posted_at), by, id: own, text: text(comment.content) }];
  });

const choicesOf = (value: unknown) =>
  objectsOf(value).flatMap((choice) => {
    const own = id(choice.id);
    if (own === undefined) return [];
    const at = instant(choice.created_at);
    return [{ at, id: own, key: word(choice.key), title: text(choice.title) }];
  });

const teamsOf = (report: AircallReport, value: unknown) =>
  objectsOf(value).flatMap((team) => {
    const own = entityOf(report, team.id);
    return own === undefined ? [] : [{ id: own, name: text(team.name) }];
  });

const participantsOf = (
  report: AircallReport,
  call: Foreign,
  colleagues: Colleagues,
  contactId: string | undefined,
) =>
  objectsOf(call.participants ?? call.conference_participants).map((person) => {
    const kind = kindOf(person.type);
    const own = kind === 'external' ? undefined : entityOf(report, person.id);
    if (kind === 'colleague') colleagues.add(person);
    // Who is described elsewhere in the fact is not described twice.
    const described = own !== undefined && (own === contactId || colleagues.has(own));
    const personal: { name?: string; phone?: string } = described
      ? {}
      : present({ name: text(person.name), phone: phoneText(person.phone_number) });
    const says = personal.name !== undefined || personal.phone !== undefined;
    return { data: present({ id: own, kind }), personal, says };
  });

const kindOf = (type: unknown): 'colleague' | 'contact' | 'external' => {
  if (type === 'user') return 'colleague';
  return type === 'contact' ? 'contact' : 'external';
};
