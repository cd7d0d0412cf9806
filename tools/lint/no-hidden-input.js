const CALLS = new Map([
  ['Date.now', 'Take the time from the clock that is handed in.'],
  ['performance.now', 'Take the time from the clock that is handed in.'],
  ['Math.random', 'Derive it from its cause, or have it handed in.'],
  ['crypto.randomUUID', 'Derive the id from its cause (derivedId).'],
  ['crypto.getRandomValues', 'Derive it from its cause, or have it handed in.'],
]);

const nameOf = ({ object, property }) => {
  const owner = object.type === 'MemberExpression' ? object.property.name : object.name;
  return `${owner}.${property.name}`;
};

/**
 * Doing a thing again must have the same effect, so time and chance come in as data. Only where a person
 * acts is an id random; there `randomId` is handed in by the composition.
 */
export const noHiddenInput = {
  meta: { type: 'problem', schema: [], messages: { hidden: '{{name}}: {{remedy}}' } },
  create(context) {
    const report = (node, name, remedy) =>
      context.report({ node, messageId: 'hidden', data: { name, remedy } });
    return {
      MemberExpression(node) {
        const remedy = CALLS.get(nameOf(node));
        if (remedy) report(node, nameOf(node), remedy);
      },
      'NewExpression[callee.name="Date"][arguments.length=0]': (node) =>
        report(node, 'new Date()', CALLS.get('Date.now')),
      'ImportSpecifier[imported.name=/^(randomId|systemClock)$/]': (node) =>
        report(node, node.imported.name, 'Have it handed in; the composition knows it.'),
    };
  },
};
