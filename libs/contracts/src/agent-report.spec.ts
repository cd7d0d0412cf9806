import { describe, expect, it } from '@jest/globals';

import { agentReported } from './index.js';

const report = { run: 'r', server: 's', order: 0, number: 1, doing: 'save', ended: [] } as const;

describe('what the server of a backup says', () => {
  it('steers no terminal that shows it', () => {
    const warning = { code: 'A\u009bB', step: 'save', detail: '\u001b[2J\u202egone\n' };
    const heard = agentReported.parse({
      ...report,
      progress: { of: '\u001b]0;title\u0007chat', filesDone: 1, bytesDone: 1 },
      error: { at: 'save', code: 'BACKUP_SERVER_LOST', note: { warnings: [warning] } },
    });
    expect(JSON.stringify(heard)).not.toMatch(/\\u00|\p{C}/u);
    expect(heard.progress?.of).toBe('\u{fffd}]0;title\u{fffd}chat');
  });

  it.each(['Größe, ファイル 🧳', 'a/b c.json'])('keeps what is plain: %s', (of) => {
    const heard = agentReported.parse({ ...report, progress: { of, filesDone: 0, bytesDone: 0 } });
    expect(heard.progress?.of).toBe(of);
  });

  it.each([
    ['a member that nobody knows', { retention: {} }],
    ['a snapshot that is none', { ended: [endedWith({ name: 'a', snapshot: '--all' })] }],
    ['a name without end', { ended: [endedWith({ name: 'a'.repeat(65) })] }],
    ['a step of the orchestrator', { doing: 'forget' }],
  ])('is not heard with %s', (_, more) => {
    expect(agentReported.safeParse({ ...report, ...more }).success).toBe(false);
  });
});

function endedWith(source: object): object {
  return { step: 'save', startedAt: 0, endedAt: 1, note: { sources: [source] } };
}
