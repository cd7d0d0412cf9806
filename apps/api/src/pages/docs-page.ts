import { html, look, ours, type Html } from '#libs/platform';

import { docsLook } from './docs-look.js';
import type { OpenApi, Operation, Parameter } from './openapi.js';
import { typeText } from './type-text.js';

interface ShownOperation extends Operation {
  readonly method: string;
  readonly path: string;
}

/** What people come for stands first. */
const order = [
  'Records',
  'Facts',
  'Deliveries',
  'Dead letters',
  'Operations',
  'Doors',
  'Open to all',
];

/** The description as a page: made here, so that nothing is loaded from anywhere. */
export const docsPage = (document: OpenApi): string => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): ShownOperation => ({
      ...operation,
      method,
      path,
    })),
  );
  const byGroup = Map.groupBy(operations, ({ tags: [group = ''] }) => group);
  const groups = [...byGroup].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Innkeeper · API</title>
        <link rel="icon" href="data:," />
        <style>
          ${ours(look)}${ours(docsLook)}
        </style>
      </head>
      <body>
        <div class="page">
          <header class="top">
            <h1>API</h1>
            <nav class="small"><a href="/">Innkeeper</a><a href="/openapi.json">OpenAPI</a></nav>
          </header>
          <div class="about">
            ${document.info.description.split('\n\n').map((text) => html`<p>${marked(text)}</p>`)}
          </div>
          <div class="layout">
            <nav>${groups.map(([group]) => html`<a href="#${anchorOf(group)}">${group}</a>`)}</nav>
            <main>${groups.map(([group, routes]) => groupSection(group, routes))}</main>
          </div>
        </div>
      </body>
    </html>`.text;
};

const anchorOf = (group: string): string => group.toLowerCase().replaceAll(/\W+/g, '-');

/** Backquotes are all the marks our sentences have. */
const marked = (text: string): readonly Html[] =>
  text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));

const groupSection = (group: string, routes: readonly ShownOperation[]): Html =>
  html`<section class="group" id="${anchorOf(group)}">
    <h2>${group}</h2>
    ${routes.map(routeDetails)}
  </section>`;

const routeDetails = (route: ShownOperation): Html =>
  html`<details class="route">
    <summary>
      <span class="verb ${route.method}">${route.method}</span><code>${route.path}</code
      ><span class="role">${route['x-role'] ?? route['x-caller'] ?? 'open'}</span
      ><span class="does">${marked(route.summary)}</span>
    </summary>
    <div class="inner">
      ${route.description ? html`<p>${marked(route.description)}</p>` : ''}
      ${parameters(route.parameters)} ${body(route)} ${answers(route)}
      <h3>Try it</h3>
      <pre>${example(route)}</pre>
    </div>
  </details>`;

const parameters = (all: readonly Parameter[]): Html | '' =>
  all.length === 0
    ? ''
    : html`<h3>Parameters</h3>
        <table>
          ${all.map(
            ({ name, in: place, schema, description }) =>
              html`<tr>
                <td><code>${name}</code></td>
                <td class="soft small">${place}</td>
                <td class="small">
                  ${marked(description ?? '')} <code class="soft">${typeText(schema)}</code>
                </td>
              </tr>`,
          )}
        </table>`;

const schemaIn = (content: object | undefined): object | undefined =>
  (Object.values(content ?? {})[0] as { schema?: object } | undefined)?.schema;

const body = ({ requestBody }: ShownOperation): Html | '' => {
  const schema = schemaIn(requestBody?.content);
  return schema
    ? html`<h3>Body</h3>
        <pre>${typeText(schema)}</pre>`
    : '';
};

const answers = ({ responses }: ShownOperation): Html =>
  html`<h3>Answers</h3>
    <table>
      ${Object.entries(responses).map(([status, { description, content }]) => {
        const schema = Number(status) < 400 ? schemaIn(content) : undefined;
        const media = Object.keys(content ?? {})[0];
        return html`<tr>
          <td class="right"><code>${status}</code></td>
          <td>
            ${
              schema
                ? html`<pre>${typeText(schema)}</pre>`
                : html`<span class="small"
                    >${Number(status) < 400 && media ? media : description}</span
                  >`
            }
          </td>
        </tr>`;
      })}
    </table>`;

const example = ({ method, path, requestBody, ...route }: ShownOperation): string =>
  [
    'curl',
    ...(method === 'get' ? [] : [`-X ${method.toUpperCase()}`]),
    ...(route['x-role']
      ? [`-H "Authorization: Bearer $(npx innkeeper token --role ${route['x-role']})"`]
      : []),
    ...(requestBody?.required ? [`-H "Content-Type: application/json" -d @body.json`] : []),
    `http://127.0.0.1:3000${path}`,
  ].join(' ');
