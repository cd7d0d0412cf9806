import { z } from 'zod';

import { Secret } from '#libs/kernel';

/** Of a machine, if nothing else is said. */
export const AGENT_FOLDER = '/var/lib/innkeeper-agent';
export const AGENT_START_FILE = '/etc/innkeeper/agent.json';

const started = z.strictObject({
  run: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, '')),
  token: z
    .string()
    .min(16)
    .transform((token) => new Secret(token)),
  name: z.string().min(1),
  environment: z.string().min(1),
  expiresAt: z.int(),
  /** So long it may live from now on: nobody sets the clock of a new machine. */
  lifeSeconds: z
    .int()
    .min(1)
    .max(48 * 3600),
  folder: z.string().min(1).default(AGENT_FOLDER),
  powerOff: z.array(z.string()).min(1).exactOptional(),
  innkeeper: z.string().min(1).exactOptional(),
});

/** What a server is told when it starts. The token is the one secret in it, and it is of use once. */
export interface AgentStart extends Omit<z.output<typeof started>, 'folder'> {
  /** Where it works. Everything in it goes in the end. */
  readonly folder?: string;
}

export const readAgentStart = (text: string): z.output<typeof started> =>
  started.parse(JSON.parse(text));

/** The form of a start file, for a machine or for a process of this one. */
export const agentStartText = ({ token, ...start }: AgentStart): string =>
  JSON.stringify({ ...start, token: token.reveal() });
