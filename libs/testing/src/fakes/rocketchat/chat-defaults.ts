import type { Json } from '#libs/kernel';

/** Who may do what on a new server. */
export const DEFAULT_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'view-c-room': ['admin', 'user', 'bot', 'app'],
  'view-p-room': ['admin', 'user', 'guest'],
  'view-d-room': ['admin', 'user', 'bot', 'app', 'guest'],
  'view-l-room': ['livechat-manager', 'livechat-monitor', 'livechat-agent', 'admin'],
  'view-livechat-rooms': ['livechat-manager', 'livechat-monitor', 'admin'],
  'view-joined-room': ['guest', 'bot', 'app'],
  'preview-c-room': ['admin', 'user'],
  'create-personal-access-tokens': ['admin', 'user'],
  'create-d': ['admin', 'user', 'bot', 'app'],
  'mention-all': ['admin', 'owner', 'moderator', 'user'],
  'mention-here': ['admin', 'owner', 'moderator', 'user'],
  'view-other-user-channels': ['admin'],
  'view-full-other-user-info': ['admin'],
  'view-privileged-setting': ['admin'],
  'message-impersonate': ['bot', 'app'],
  'edit-message': ['admin', 'owner', 'moderator'],
  'delete-message': ['admin', 'owner', 'moderator'],
  'delete-own-message': ['admin', 'user'],
  'post-readonly': ['admin', 'owner', 'moderator'],
  'api-bypass-rate-limit': ['admin', 'bot', 'app'],
  'send-many-messages': ['admin', 'bot', 'app'],
  'manage-outgoing-integrations': ['admin'],
  'manage-own-outgoing-integrations': ['admin'],
  'manage-incoming-integrations': ['admin'],
  'manage-own-incoming-integrations': ['admin'],
};

export const DEFAULT_SETTINGS: Readonly<Record<string, Json>> = {
  API_Enable_Rate_Limiter: true,
  API_Enable_Rate_Limiter_Limit_Calls_Default: 10,
  API_Enable_Rate_Limiter_Limit_Time_Default: 60_000,
  DirectMesssage_maxUsers: 8,
  E2E_Allow_Unencrypted_Messages: false,
  Message_AllowDeleting: true,
  Message_AllowEditing: true,
  Message_AllowEditing_BlockEditInMinutes: 0,
  Message_KeepHistory: false,
  Message_MaxAllowedSize: 5_000,
  Message_ShowDeletedStatus: false,
  Site_Url: '',
};

/** Those that everybody with an account may read. */
export const PUBLIC_SETTINGS = [
  ...['API_Enable_Rate_Limiter', 'Site_Url', 'E2E_Allow_Unencrypted_Messages'],
  ...['Message_AllowDeleting', 'Message_AllowEditing', 'Message_AllowEditing_BlockEditInMinutes'],
  ...['Message_KeepHistory', 'Message_MaxAllowedSize', 'Message_ShowDeletedStatus'],
];
