import { describe, expect, it } from '@jest/globals';

import { ownWords } from './own-words.js';

describe('the own words of a mail', () => {
  it.each([
    ['English', 'On Mon, 3 Aug 2026 at 10:12, Quay Homes <hi@quay.example> wrote:'],
    ['English, broken', 'On Mon, 3 Aug 2026 at 10:12, Quay Homes\n<hi@quay.example>\nwrote:'],
    ['German', 'Am 03.08.2026 um 10:12 schrieb Quay Homes <hi@quay.example>:'],
    ['French', 'Le lun. 3 août 2026 à 10:12, Quay Homes <hi@quay.example> a écrit :'],
    ['Spanish', 'El lun, 3 ago 2026 a las 10:12, Quay Homes (<hi@quay.example>) escribió:'],
    ['Italian', 'Il giorno lun 3 ago 2026 alle ore 10:12 Quay Homes ha scritto:'],
    ['Dutch', 'Op ma 3 aug 2026 om 10:12 schreef Quay Homes <hi@quay.example>:'],
    ['Polish', 'W dniu 3.08.2026 o 10:12, Quay Homes napisał(a):'],
    ['Portuguese', 'Em seg., 3 de ago. de 2026 às 10:12, Quay Homes escreveu:'],
    ['a forwarded mail', '-----Original Message-----\nFrom: Quay Homes'],
  ])('end where the answered one begins: %s', (_name, sign) => {
    expect(ownWords(`We come at nine.\n\n${sign}\n\n> When do you come?\n> Kind regards`)).toBe(
      'We come at nine.',
    );
  });

  it('leave out quoted lines between them', () => {
    expect(ownWords('> When do you come?\nAt nine.\n> And the dog?\nStays at home.')).toBe(
      'At nine.\nStays at home.',
    );
  });

  it.each([
    ['nothing is quoted', 'On Monday the heating was cold. I wrote: please help'],
    ['all is quoted', '> When do you come?'],
    ['it speaks of writing', 'Am Montag schrieb ich Ihnen. Bitte antworten Sie.'],
    ['it is empty', ''],
  ])('are all of it where %s', (_name, text) => {
    expect(ownWords(text)).toBe(text);
  });

  it('take no time on a long text without an end', () => {
    const text = 'On a\n'.repeat(20_000);
    expect(ownWords(text)).toBe(text.trim());
  });
});
