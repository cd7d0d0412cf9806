import { agentReported } from '#libs/contracts';

import type { AgentReport } from './agent-report.js';

/** A report as a server left it in a bucket; nothing where it is none. */
export const readAgentReport = (text: string): AgentReport | undefined =>
  agentReported.safeParse(jsonIn(text)).data;

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Half a file is no report, and there may be a whole one later.
    return undefined;
  }
};
