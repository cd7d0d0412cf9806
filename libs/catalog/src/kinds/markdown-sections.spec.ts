import { describe, expect, it } from '@jest/globals';

import { markdownSections } from './markdown-sections.js';

describe('the sections of a Markdown text', () => {
  it('are what stands under each heading, with the headings above it', () => {
    const text =
      '# House\n\nTwo floors.\n\n## Wifi\n\nName: Loft\n\n## Heating\n\n### Boiler\n\nPress 3.';
    expect(markdownSections(text)).toEqual([
      { path: '1', heading: 'House', text: 'Two floors.' },
      { path: '1.1', heading: 'House › Wifi', text: 'Name: Loft' },
      { path: '1.2.1', heading: 'House › Heating › Boiler', text: 'Press 3.' },
    ]);
  });

  it('are numbered, each chapter by itself: no path holds a word', () => {
    const paths = (text: string) => markdownSections(text).map(({ path }) => path);
    expect(paths('Hi\n# A\na\n## B\nb\n# C\nc\n## B\nb')).toEqual(['text', '1', '1.1', '2', '2.1']);
    expect(paths('Hi\n# A\na\n## X\nx\n## B\nb\n# C\nc\n## B\nb').slice(-2)).toEqual(['2', '2.1']);
  });

  it('are plain text, and keep what only looks like a sign of Markdown', () => {
    const text =
      '**Code:** `#0427*`, see [the plan](https://example.com/plan)\n> Ask _first_\n\n| bin | day |\n| --- | --- |\n| green | Tuesday |\n\nsnake_case_name';
    expect(markdownSections(text)[0]?.text).toBe(
      'Code: #0427*, see the plan (https://example.com/plan)\nAsk first\n\nbin: day\n\ngreen: Tuesday\n\nsnake_case_name',
    );
  });

  it('take no heading from a block of code', () => {
    const text = 'Type this:\n```sh\n# restart\nreboot\n```\nThen wait.';
    expect(markdownSections(text)).toEqual([
      { path: 'text', text: 'Type this:\n# restart\nreboot\nThen wait.' },
    ]);
  });

  it('are none where nothing is said', () => {
    expect(markdownSections('# Only a heading\n\n')).toEqual([]);
  });
});
