import { callInsightObservedV1, callObservedV1, voiceAgentObservedV1 } from '#libs/contracts';

import { toldOfCall, toldOfInsight, toldOfVoiceAgent } from './call-statements.js';
import { sectionsOfCall } from './call-sections.js';
import { values, type PlainCallValues } from './call-values.js';
import { otherPartyIn, viewOfCall } from './call-view.js';
import { defineKind } from './define-kind.js';
import { phoneScopes } from './scopes.js';
import { stringOf } from './show.js';

const ofColleagues = ['colleague'] as const;

export const callKind = defineKind({
  name: 'call',
  values,
  from: (when) => [
    when(callObservedV1, toldOfCall),
    when(callInsightObservedV1, toldOfInsight),
    when(voiceAgentObservedV1, toldOfVoiceAgent),
  ],
  fields: ['colleague', 'contact', 'direction', 'line', 'participant', 'startedAt', 'status'],
  listed: (values) => ({ participant: participantIn(values) }),
  names: {
    colleague: 'colleague',
    contact: 'contact',
    line: 'phone_number',
    participant: 'contact',
  },
  // Calls are what most facts are about: an index for each of these would cost every one of them.
  namesInside: {
    assignedTo: ofColleagues,
    comments: ofColleagues,
    insightContents: ofColleagues,
    offers: ofColleagues,
    participants: ['colleague', 'contact'],
    people: ofColleagues,
    taggings: ofColleagues,
    transferredBy: ofColleagues,
    transferredTo: ofColleagues,
  },
  nameOf: otherPartyIn,
  view: viewOfCall,
  sections: sectionsOfCall,
  scope: ({ phone }, phoneHash) => phoneScopes([phone], phoneHash),
  about: {
    named: 'contact',
    phones: ({ phone }) => (stringOf(phone) === undefined ? [] : [phone ?? '']),
    isAnonymous: ({ anonymous }) => anonymous === true,
  },
});

/** In a call of several, the first from the address book who is not the one it is with. */
const participantIn = ({ contact, participants }: PlainCallValues): string | undefined =>
  participants?.find(({ id, kind }) => kind === 'contact' && id !== undefined && id !== contact)
    ?.id;
