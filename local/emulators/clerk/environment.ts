import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "./passwords.ts";
import { DEFAULT_ROLE } from "./roles.ts";

/** The instance's settings as the browser reads them: e-mail with password or code, organizations on, everything else off. */
export function renderEnvironment() {
  return {
    object: "environment",
    id: "env_emulator",
    maintenance_mode: false,
    client_debug_mode: false,
    partitioned_cookies: false,
    auth_config: AUTH_CONFIG,
    display_config: DISPLAY_CONFIG,
    organization_settings: ORGANIZATION_SETTINGS,
    user_settings: USER_SETTINGS,
    commerce_settings: COMMERCE_SETTINGS,
    api_keys_settings: {
      object: "api_keys_settings",
      id: "aks_emulator",
      enabled: false,
      user_api_keys_enabled: false,
      orgs_api_keys_enabled: false,
    },
    protect_config: { object: "protect_config", id: "pc_emulator" },
  };
}

const AUTH_CONFIG = {
  object: "auth_config",
  id: "aconf_emulator",
  single_session_mode: true,
  claimed_at: null,
  reverification: false,
  preferred_channels: null,
};

const THEME = {
  buttons: { font_color: "#ffffff", font_family: "inherit", font_weight: "600" },
  general: {
    color: "#6c47ff",
    padding: "1em",
    box_shadow: "0",
    font_color: "#151515",
    font_family: "inherit",
    border_radius: "0.5em",
    background_color: "#ffffff",
    label_font_weight: "600",
  },
  accounts: { background_color: "#ffffff" },
};

const DISPLAY_CONFIG = {
  object: "display_config",
  id: "dispconf_emulator",
  application_name: "Qify",
  branded: false,
  instance_environment_type: "development",
  show_devmode_warning: false,
  preferred_sign_in_strategy: "password",
  sign_in_url: "/sign-in",
  sign_up_url: "/sign-up",
  home_url: "/",
  after_sign_in_url: "/",
  after_sign_up_url: "/",
  after_sign_out_all_url: "/",
  after_sign_out_one_url: "/",
  after_switch_session_url: "/",
  user_profile_url: "/user",
  organization_profile_url: "/organization",
  create_organization_url: "/create-organization",
  after_leave_organization_url: "/",
  after_create_organization_url: "/",
  waitlist_url: "",
  after_join_waitlist_url: "",
  logo_image_url: "",
  favicon_image_url: "",
  support_email: "",
  terms_url: "",
  privacy_policy_url: "",
  captcha_public_key: null,
  captcha_public_key_invisible: null,
  captcha_widget_type: null,
  captcha_provider: "turnstile",
  captcha_oauth_bypass: [],
  captcha_heartbeat: false,
  theme: THEME,
};

const ORGANIZATION_SETTINGS = {
  enabled: true,
  max_allowed_memberships: 0,
  force_organization_selection: false,
  actions: { admin_delete: true },
  /** Without a default role the invitation form has none chosen, and its button stays disabled. */
  domains: { enabled: false, enrollment_modes: [], default_role: DEFAULT_ROLE },
  slug: { disabled: false },
  organization_creation_defaults: { enabled: false },
};

const OFF = {
  enabled: false,
  required: false,
  used_for_first_factor: false,
  first_factors: [],
  used_for_second_factor: false,
  second_factors: [],
  verifications: [],
  verify_at_sign_up: false,
};
const ON = { ...OFF, enabled: true };

const USER_SETTINGS = {
  attributes: {
    email_address: {
      ...ON,
      required: true,
      used_for_first_factor: true,
      first_factors: ["email_code"],
      verifications: ["email_code"],
      verify_at_sign_up: true,
    },
    password: { ...ON, required: true },
    first_name: ON,
    last_name: ON,
    phone_number: OFF,
    username: OFF,
    web3_wallet: OFF,
    authenticator_app: OFF,
    backup_code: OFF,
    passkey: OFF,
    ticket: ON,
  },
  actions: { delete_self: true, create_organization: true },
  social: {},
  enterprise_sso: { enabled: false, self_serve_sso: false },
  saml: { enabled: false },
  sign_in: { second_factor: { required: false, enabled: false } },
  sign_up: {
    allowlist_only: false,
    captcha_enabled: false,
    captcha_widget_type: null,
    progressive: true,
    mode: "public",
    legal_consent_enabled: false,
    mfa: { required: false },
  },
  password_settings: {
    disable_hibp: false,
    min_length: MIN_PASSWORD_LENGTH,
    max_length: MAX_PASSWORD_LENGTH,
    require_special_char: false,
    require_numbers: false,
    require_uppercase: false,
    require_lowercase: false,
    show_zxcvbn: false,
    min_zxcvbn_strength: 0,
    allowed_special_characters: "",
  },
  passkey_settings: { allow_autofill: false, show_sign_in_button: false },
  username_settings: { min_length: 4, max_length: 64 },
  attack_protection: { enumeration_protection: { enabled: false } },
};

const BILLING_OFF = { enabled: false, has_paid_plans: false };
const COMMERCE_SETTINGS = {
  object: "commerce_settings",
  id: "cs_emulator",
  billing: { enabled: false, stripe_publishable_key: null, organization: BILLING_OFF, user: BILLING_OFF },
};
