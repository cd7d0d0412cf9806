import { codes, type Code } from '#libs/kernel';

export interface AgentLog {
  readonly say: (event: string, fields?: Readonly<Record<string, string | number>>) => void;
  readonly failed: (event: string, code: Code) => void;
}

/** Lines of JSON. They name ids, steps and codes: never a path, a secret, or what was read. */
export const agentLog = (run: string, write: (line: string) => void): AgentLog => {
  const say = (
    event: string,
    fields: Readonly<Record<string, string | number>> = {},
    level = 'info',
  ): void =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, event, run, ...fields })}\n`);
  return {
    say: (event, fields) => say(event, fields),
    failed: (event, code) => say(event, { code, title: codes[code].title }, 'warn'),
  };
};
