import type { AgentEnd, AgentParts, AgentTask } from './agent-parts.js';

/** Fetches, saves, checks and proves for one run, on a server of its own; says everything each time it says something. */
export const workAsAgent = (_parts: AgentParts, _task: AgentTask): Promise<AgentEnd> =>
  Promise.resolve('unheard');
