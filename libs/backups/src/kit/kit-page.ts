import type { Hash } from '#libs/kernel';

import { checkedLines, type CheckedLine } from './checked-lines.js';
import { kitFingerprint } from './kit-fingerprint.js';
import { kitPageLook } from './kit-page-look.js';
import { resticSteps, restoreSteps, type RestoreStep } from './kit-words.js';
import type { KitRepository, RecoveryKit } from './recovery-kit.js';

/** A kit to print: one file that loads nothing. It holds every secret in clear text. */
export const kitPage = async (kit: RecoveryKit, hash: Hash): Promise<string> => {
  const number = (await kitFingerprint(kit, hash)).slice(0, 8);
  const secretOf = (name: string, text: string): Promise<string> => secretBlock(name, text, hash);
  const repositories = [
    await repositoryBlock('Repository of data', kit.repositories.data, secretOf),
    await repositoryBlock('Repository of keys', kit.repositories.keys, secretOf),
  ];
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">',
    `<title>Recovery kit ${escaped(kit.environment)}</title><style>${kitPageLook}</style></head><body>`,
    headBlock(kit, number),
    ...repositories,
    `<section><h2>Master key</h2>${await secretOf('INNKEEPER_MASTER_KEY', kit.masterKey.reveal())}</section>`,
    typingBlock,
    `<section class="steps"><h2>Get everything back</h2>${stepList(restoreSteps(kit))}`,
    `<h2>Where Innkeeper cannot be had</h2><p>restic alone brings the files back. Personal data in them stays sealed without Innkeeper.</p>${stepList(resticSteps(kit))}</section>`,
    '</body></html>\n',
  ].join('\n');
};

type SecretBlock = (name: string, text: string) => Promise<string>;

const headBlock = (kit: RecoveryKit, number: string): string => `<header>
<h1>Recovery kit</h1>
<dl>
<dt>of</dt><dd>Innkeeper, environment <b>${escaped(kit.environment)}</b></dd>
<dt>made</dt><dd>${escaped(kit.madeAt.slice(0, 16).replace('T', ' '))} UTC</dd>
<dt>kit</dt><dd><code>${number}</code> (a newer kit has another number as soon as a secret changed)</dd>
<dt>restic</dt><dd>${escaped(kit.restic)} or later</dd>
</dl>
<div class="warning"><b>This page opens everything.</b> Who holds it and reaches the repositories reads all data and all keys.
Keep it on paper, in a safe or a bank, apart from the machine. Tell two people where it is. Then delete this file.
Make no photo of it. Destroy it when you have printed a newer one.</div>
</header>`;

const repositoryBlock = async (
  title: string,
  { address, password, accessKey }: KitRepository,
  secretOf: SecretBlock,
): Promise<string> =>
  [
    `<section><h2>${title}</h2><p class="address"><span>address</span><code>${escaped(address)}</code></p>`,
    isFolder(address) ? `<p class="note">${folderNote}</p>` : '',
    await secretOf('password', password.reveal()),
    ...(accessKey
      ? [
          await secretOf('AWS_ACCESS_KEY_ID', accessKey.id),
          await secretOf('AWS_SECRET_ACCESS_KEY', accessKey.secret.reveal()),
        ]
      : []),
    '</section>',
  ].join('\n');

/** restic writes other kinds of addresses with a scheme before a colon. */
const isFolder = (address: string): boolean => !/^[a-z0-9]{2,}:/.test(address);

const folderNote =
  'This is a folder on a disk. If that disk is gone, this kit opens nothing: copy the folder elsewhere, too.';

const secretBlock = async (name: string, text: string, hash: Hash): Promise<string> => {
  const { lines, characters } = await checkedLines(text, hash);
  const rows = lines.map(lineRow).join('\n');
  return `<table><caption>${name} <small>${characters} characters</small></caption>\n${rows}\n</table>`;
};

const lineRow = ({ groups, check }: CheckedLine): string =>
  `<tr><td class="secret">${groups.map((group) => `<span>${marked(group)}</span>`).join('')}</td><td class="check">${check}</td></tr>`;

/** Digits stand in boxes, so that 0 is no O and 1 is no l. A line below them would look like the sign `_`. */
const marked = (group: string): string =>
  [...group]
    .map((character) => {
      if (/\d/.test(character)) return `<i>${character}</i>`;
      return character === ' ' ? '␣' : escaped(character);
    })
    .join('');

const typingBlock = `<section class="together"><h2>How to type a secret</h2>
<p>Type the lines one after the other as one word, without the gaps. A sign in a box such as <i>1</i> is a digit; all else is a letter
or a sign. A ␣ is a space. The four grey signs at the end of a line do not belong to it. They are its check, which this command prints:</p>
<pre>printf %s 'THE-LINE-WITHOUT-GAPS' | sha256sum | cut -c 1-4</pre>
<p>An address goes on where its line ends, without a gap.</p></section>`;

const stepList = (steps: readonly RestoreStep[]): string =>
  `<ol>${steps
    .map(({ does, types = [] }) => {
      const typed = types.length > 0 ? `<pre>${types.map(escaped).join('\n')}</pre>` : '';
      return `<li>${escaped(does)}${typed}</li>`;
    })
    .join('')}</ol>`;

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? '');
