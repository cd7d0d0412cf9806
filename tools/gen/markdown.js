const cell = (value) => String(value).replaceAll('|', '\\|').replaceAll('\n', ' ');

export const table = (heads, rows) =>
  [heads, heads.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

export const generatedBy = (source) =>
  `<!-- Made by \`npm run gen\` from ${source}. Edits here are lost. -->`;
