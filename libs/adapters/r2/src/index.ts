export { isR2 } from './is-r2.js';
export { repositoryActions, type R2Action } from './actions.js';
export {
  temporaryCredentials,
  type R2CredentialsOrder,
  type TemporaryCredentials,
} from './temporary-credentials.js';
