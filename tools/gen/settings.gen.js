import { renderEnvExample, renderSettingsPage } from '#libs/platform';

export const files = () => [
  { path: '.env.example', text: renderEnvExample() },
  { path: 'docs/reference/settings.md', text: renderSettingsPage() },
];
