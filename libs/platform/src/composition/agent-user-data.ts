import { fault, Secret } from '#libs/kernel';

import { AGENT_START_FILE, agentStartText, type AgentStart } from './agent-start.js';

/** Hetzner takes no more. */
const MOST_BYTES = 32 * 1024;

export const AGENT_SERVICE = 'innkeeper-backup-agent.service';

/**
 * What cloud-init does on a new machine. First it sets the time at which the machine goes off, so that nothing later can
 * keep it on. Every value is written as JSON, which is YAML.
 */
export const cloudInitOf = (start: AgentStart): Secret => {
  const powerOff = ['systemctl', 'poweroff'];
  const file = {
    ...{ path: AGENT_START_FILE, owner: 'root:root', permissions: '0600' },
    content: agentStartText({ ...start, powerOff: start.powerOff ?? powerOff }),
  };
  const deadMan = [
    ...['systemd-run', '--unit=innkeeper-dead-man', `--on-active=${start.lifeSeconds}s`],
    ...['--timer-property=AccuracySec=1s', ...powerOff],
  ];
  const agent = ['systemctl', 'start', '--no-block', AGENT_SERVICE];
  const text = [
    '#cloud-config',
    `write_files: [${JSON.stringify(file)}]`,
    'runcmd:',
    ...[deadMan, agent].map((words) => `  - ${JSON.stringify(words)}`),
    '',
  ].join('\n');
  if (new TextEncoder().encode(text).length > MOST_BYTES)
    throw fault('DEFECT_UNKNOWN', { details: { reason: 'user_data_too_long' } });
  return new Secret(text);
};
