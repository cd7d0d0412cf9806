import type { CallValues, InsightContent } from './call-values.js';
import { otherPartyIn } from './call-view.js';
import type { RecordSection, SectionSetting } from './record-section.js';
import {
  after,
  inBrackets,
  labelled,
  listed,
  plainWord,
  prose,
  sectionsIn,
  spokenDuration,
  words,
  type SectionDraft,
} from './section-text.js';
import { knownZone, spokenTime } from './section-times.js';
import { inTime } from './show.js';

type Named = (colleague: string | undefined) => string | undefined;

/** Who called whom and how it went, then what was said in it and what was made of that. */
export const sectionsOfCall = (
  values: CallValues,
  setting: SectionSetting,
): readonly RecordSection[] => {
  const zone = knownZone(undefined, setting.timeZone);
  const people = new Map(values.people?.map(({ id, value }) => [id, value]));
  const named: Named = (colleague) => people.get(colleague ?? '');
  const held = { from: values.startedAt, to: values.endedAt };
  const sections = [
    { path: 'call', heading: 'Call', text: callIn(values, named, zone) },
    ...saidIn(values, named),
    ...sessionsIn(values),
  ].map((section) => ({ ...section, ...held }));
  return sectionsIn([...sections, ...commentsIn(values, named, zone)]);
};

const callIn = (values: CallValues, named: Named, zone: string): string | undefined =>
  prose(
    words(...directionsIn(values), after('on', spokenTime(values.startedAt, zone))),
    outcomeIn(values, named),
    talkedIn(values),
    labelled('Menu', listed(inTime(values.menuChoices)?.map(({ value }) => value.title))),
    transferIn(values, named),
    after('It is assigned to', named(values.assignedTo)),
    labelled('Teams', listed(values.teams?.map(({ name }) => name))),
    labelled('Tags', listed(values.tags?.map(({ value }) => value.name))),
    labelled('Others in the call', othersIn(values)),
    labelled('Reference', values.reference),
  );

const directionsIn = (values: CallValues): readonly (string | undefined)[] => {
  const number = values.phone ?? values.phoneRaw;
  const name = otherPartyIn(values);
  const other = words(name, inBrackets(name === number ? undefined : number));
  const line = words(values.lineName, inBrackets(values.linePhone));
  return values.direction === 'outbound'
    ? ['Outbound call', after('to', other), after('from', line)]
    : ['Inbound call', after('from', other), after('to', line)];
};

const outcomeIn = (values: CallValues, named: Named): string | undefined => {
  if (values.answeredAt !== undefined)
    return words('It was answered', after('by', named(values.colleague)));
  if (values.status !== 'ended') return undefined;
  const missed = values.direction === 'outbound' ? 'Nobody answered' : 'It was missed';
  return prose(
    words(missed, inBrackets(plainWord(values.missedReason))),
    values.hasVoicemail === true ? 'A voicemail was left' : undefined,
  );
};

const talkedIn = ({ answeredAt, durationSeconds, endedAt }: CallValues): string | undefined =>
  answeredAt !== undefined && endedAt !== undefined
    ? after('They talked for', spokenDuration((endedAt - answeredAt) / 1000))
    : after('It lasted', spokenDuration(durationSeconds));

const transferIn = (values: CallValues, named: Named): string | undefined => {
  const to = listed([named(values.transferredTo), values.transferredToPhone]);
  const by = after('by', named(values.transferredBy));
  if (values.transferFailed === true) return words('A transfer failed', after('to', to), by);
  return to === undefined ? undefined : words('It was transferred to', to, by);
};

/** Those of the other side who are not the one it is with. */
const othersIn = ({ contact, participants, phone }: CallValues): string | undefined =>
  listed(
    participants
      ?.filter((one) => one.kind !== 'colleague' && one.id !== (contact ?? ''))
      .filter((one) => one.phone === undefined || one.phone !== phone)
      .map((one) => words(one.name, one.name === undefined ? one.phone : inBrackets(one.phone))),
  );

const saidIn = (values: CallValues, named: Named): readonly SectionDraft[] => {
  const contents = new Map(values.insightContents?.map(({ id, value }) => [id, value]));
  const of = (name: string): Partial<InsightContent> => contents.get(name) ?? {};
  const other = otherPartyIn(values);
  const { actionItems, text: toDo } = of('action_items');
  return [
    { path: 'summary', heading: 'Summary', text: of('summary').text },
    { path: 'custom_summary', heading: 'Custom summary', text: of('custom_summary').text },
    {
      path: 'topics',
      heading: 'Topics',
      text: prose(labelled('Topics', listed(of('topics').topics))),
    },
    {
      path: 'action_items',
      heading: 'Action items',
      text: actionItems?.map((item) => `- ${item}`).join('\n') ?? toDo,
    },
    { path: 'sentiment', heading: 'Mood', text: moodIn(of('sentiment'), named, other) },
    { path: 'evaluation', heading: 'Evaluation', text: judgementIn(of('evaluation')) },
    { path: 'playbook_result', heading: 'Playbook', text: judgementIn(of('playbook_result')) },
    {
      path: 'transcription',
      heading: 'Transcript',
      text: transcriptIn(of('transcription'), named, other),
    },
    {
      path: 'voicemail_transcription',
      heading: 'Voicemail',
      text: transcriptIn(of('voicemail_transcription'), named, other),
    },
  ];
};

const moodIn = (
  { sentiments }: Partial<InsightContent>,
  named: Named,
  other: string | undefined,
): string | undefined =>
  prose(
    ...(sentiments ?? []).map(({ by, colleague, value }) =>
      labelled(
        `Mood of ${named(colleague) ?? (by === 'colleague' ? 'the colleague' : (other ?? 'the caller'))}`,
        value.toLowerCase(),
      ),
    ),
  );

const judgementIn = ({ results, score, text }: Partial<InsightContent>): string | undefined =>
  prose(
    text,
    labelled('Score', score === undefined ? undefined : String(score)),
    ...(results ?? []).map(({ name, result }) => labelled(name, result)),
  );

/** A line for each turn: what one says in several utterances is one turn. */
const transcriptIn = (
  { speakers = [], utterances }: Partial<InsightContent>,
  named: Named,
  other: string | undefined,
): string | undefined => {
  const turns: { readonly who: string; said: string }[] = [];
  for (const { speaker, text = '' } of utterances ?? []) {
    if (text.trim() === '') continue;
    const { by, colleague } = speakers[speaker] ?? {};
    const who =
      named(colleague) ?? (by === 'external' ? (other ?? 'Caller') : (plainWord(by) ?? 'Unknown'));
    const last = turns.at(-1);
    if (last?.who === who) last.said += ` ${text.trim()}`;
    else turns.push({ who, said: text.trim() });
  }
  return turns.map(({ said, who }) => `${who}: ${said}`).join('\n');
};

const sessionsIn = ({ voiceAgents }: CallValues): readonly SectionDraft[] =>
  (voiceAgents ?? []).map(({ id, value: agent }) => ({
    path: `agents/${id}`,
    heading: 'Voice agent',
    text: prose(
      words('The voice agent', agent.name, 'talked with the caller'),
      labelled('How it ended', plainWord(agent.endReason)),
      labelled('Why it asked for a person', agent.escalationReason),
      ...(agent.extracted ?? []).map(({ name, value }) => labelled(plainWord(name) ?? name, value)),
    ),
  }));

const commentsIn = (
  { comments }: CallValues,
  named: Named,
  zone: string,
): readonly SectionDraft[] =>
  (inTime(comments) ?? []).map(({ id, value: { at, by, text } }) => ({
    path: `comments/${id}`,
    heading: listed([words('Comment', after('by', named(by))), spokenTime(at, zone)]),
    text,
    from: at,
  }));
