import ts from 'typescript';

/** The object that a composer makes, whether it is returned or is all that the function is. */
const madeBy = (composer: ts.Node): ts.ObjectLiteralExpression | undefined => {
  if (ts.isArrowFunction(composer)) return madeBy(composer.body);
  if (ts.isParenthesizedExpression(composer)) return madeBy(composer.expression);
  if (ts.isObjectLiteralExpression(composer)) return composer;
  if (!ts.isBlock(composer)) return undefined;
  const returned = composer.statements.find(ts.isReturnStatement)?.expression;
  return returned && madeBy(returned);
};

const namesOf = (made: ts.ObjectLiteralExpression): string[] =>
  made.properties.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []));

/** The use cases that a `compose.ts` names: the members of what its composers make. */
export const useCasesIn = (code: string): string[] =>
  ts
    .createSourceFile('compose.ts', code, ts.ScriptTarget.Latest)
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .filter(({ name }) => ts.isIdentifier(name) && name.text.startsWith('compose'))
    .flatMap(({ initializer }) => {
      const made = initializer && madeBy(initializer);
      return made ? namesOf(made) : [];
    });
