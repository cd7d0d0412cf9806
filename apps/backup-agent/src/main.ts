import { existsSync, readFileSync } from 'node:fs';

import { AGENT_START_FILE, agentPrograms, readAgentStart } from '#libs/platform/local';

import { deadMan } from './dead-man.js';
import { agentLog } from './log.js';
import { powerOff, runAgent } from './run-agent.js';

const [startFile = AGENT_START_FILE] = process.argv.slice(2);

/** Where the image has Innkeeper, for the drill. */
const INSTALLED = '/opt/innkeeper/dist/apps/innkeeper/src/main.js';

const start = readAgentStart(readFileSync(startFile, 'utf8'));
const log = agentLog(start.run, (line) => void process.stdout.write(line));
const dead = deadMan(start.lifeSeconds * 1000, start.powerOff);
const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => stopping.abort(new Error(signal)));

const innkeeper = start.innkeeper ?? (existsSync(INSTALLED) ? INSTALLED : undefined);
log.say('agent.started', { server: start.name, environment: start.environment });
const end = await runAgent({
  ...{ start, startFile, dead, log, signal: stopping.signal },
  programs: {
    ...agentPrograms(),
    ...(innkeeper !== undefined && { program: [innkeeper, 'start'] }),
  },
});
log.say('agent.ended', { end });
// Who stops it knows what the machine is for now.
if (end !== 'stopped') await powerOff(start.powerOff);
process.exit(end === 'stopped' ? 143 : 0);
