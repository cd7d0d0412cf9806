/** Questions that a newcomer may ask the demo company: of the house, of a number, of a person, of a document. */
export const exampleQuestions: readonly string[] = [
  'What is the wifi password at Harbour Loft?',
  'Wo ist der Sicherungskasten in Haus Seeblick?',
  'How many arrivals tomorrow?',
  'Où est la boîte à clés du Grenier ?',
  'Who called twice today without an answer?',
];
