/** Codes as production names them; an HTTP door answers 401 with code and message, a socket sends an AuthError. */
export type AuthFailureCode =
  | "InvalidAuthHeader"
  | "NoAuthProvider"
  | "AuthProviderDiscoveryFailed"
  | "Unauthenticated"
  | "BadAdminKey";

/** A token or key that was not accepted; the message is meant for the developer who reads it in a console. */
export class AuthFailure extends Error {
  override readonly name = "AuthFailure";
  readonly code: AuthFailureCode;

  constructor(code: AuthFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}
