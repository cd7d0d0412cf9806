import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What a start with the demo company leaves beside its data. */
export const DEMO_FILE = 'demo.json';

export const isDemoDirectory = (path: string): boolean => existsSync(join(path, DEMO_FILE));

/** What a newcomer may ask the demo company: of a house, of a number, in more than one language. */
export const demoQuestions: readonly string[] = [
  'What is the wifi password at Harbour Loft?',
  'Wo ist der Sicherungskasten in Haus Seeblick?',
  'How many arrivals tomorrow?',
  'Où est la boîte à clés du Grenier ?',
  'Who called twice today without an answer?',
];
