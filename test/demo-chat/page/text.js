/* global document */

export const byId = (id) => document.getElementById(id);

export const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
};

export const button = (text, does, more = {}) =>
  make('button', { type: 'button', onclick: does, ...more }, text);

/** What the chat shows as more than letters: links, bold, slanted, code. */
const MARKS =
  /\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|`([^`\n]+)`|\*\*?([^*\n]+)\*\*?|(?<![\w])_([^_\n]+)_(?![\w])|(https?:\/\/[^\s)>\]]+)/gu;

const linkTo = (address, text, open) => {
  const link = make('a', { href: address, target: '_blank', rel: 'noopener' }, text);
  link.addEventListener('click', (event) => open(event, new URL(address)));
  return link;
};

/** Put in as text, never as HTML; `open` hears of each link that is followed. */
export const textNodes = (text, open) => {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    const [whole, label, address, code, bold, slanted, bare] = match;
    nodes.push(text.slice(from, match.index));
    if (address) nodes.push(linkTo(address, label, open));
    else if (bare) nodes.push(linkTo(bare, bare, open));
    else if (code) nodes.push(make('code', {}, code));
    else if (bold) nodes.push(make('strong', {}, bold));
    else nodes.push(make('em', {}, slanted));
    from = match.index + whole.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== '');
};
