import type { OnlyTold } from '#libs/ports/provider';

/** Told by a webhook or by nobody: this API keeps states, and of some things none at all. */
export const onlyTold: readonly OnlyTold[] = [
  {
    what: 'message',
    events: [
      ...['message.sent', 'message.received', 'message.status_updated'],
      ...['group_message.sent', 'group_message.received', 'group_message.status_updated'],
    ],
    why: 'No list and no look-up of messages exists.',
  },
  {
    what: 'call step',
    events: [
      ...['call.ringing_on_agent', 'call.agent_declined', 'call.hold', 'call.unhold'],
      ...['call.transferred', 'call.external_transferred', 'call.unsuccessful_transfer'],
    ],
    why: 'A call is given as it ended; when it rang, was held and handed on is not in it.',
  },
  {
    what: 'presence',
    events: ['connected', 'disconnected', 'opened', 'closed', 'wut_start', 'wut_end'].flatMap(
      (step) => [`user.${step}`, `user.${step}.v2`],
    ),
    why: 'Users are given as they are now; their history is not.',
  },
  {
    what: 'deleted contact',
    events: ['contact.deleted'],
    why: 'What was deleted leaves no trace in any list; a look-up finds it gone.',
  },
  {
    what: 'voice agent',
    events: ['started', 'ended', 'escalated', 'summary'].map((step) => `ai_voice_agent.${step}`),
    why: 'No look-up of a voice agent’s session exists.',
  },
];
