import type { SettingText } from './texts.js';

/** What stands in our documents and fixtures as a secret: everybody knows it, so it proves nothing. */
export const sampleSecrets: readonly string[] = [
  '5b1e7c90a4d24f6f8a33c0d1e2f3a4b5',
  'c0ffee00c0ffee00c0ffee00c0ffee00',
  'visitor-token-example-01',
  'visitor-token-example-02',
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_ZXhhbXBsZS1zZWNyZXQtMzItYnl0ZXMtbG9uZyEhISE=',
  'whsec_cHJldmlvdXMtc2VjcmV0LTMyLWJ5dGVzLWxvbmchISE=',
  'EXAMPLE-5u9GwW6JJWiS9PPGi',
  'visitor-token-example-01',
  'visitor-token-example-02',
  'wht_EXAMPLE_ONLY_6y5xzQnaK3iN3YQno',
];

/** A laptop may try with them; a deployment that has a name of its own may not. */
export const samplesIn = (texts: ReadonlyMap<string, SettingText>): readonly string[] =>
  texts.get('INNKEEPER_ENVIRONMENT')?.text === 'local'
    ? []
    : [...texts.values()]
        .filter(({ note, text = '' }) => note.secret && hasSample(text))
        .map(({ note }) => `${note.name}: expected a secret of your own, not one from our samples`);

/** Anywhere in it: a setting may hold several, or describe whole sources. */
export const hasSample = (text: string): boolean =>
  sampleSecrets.some((sample) => text.includes(sample));
