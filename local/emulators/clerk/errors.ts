/** An answer that Clerk gives on purpose; the codes, statuses and texts follow its published error index. */
export class ClerkError extends Error {
  readonly status: number;
  readonly code: string;
  readonly longMessage: string;
  readonly meta: Record<string, unknown>;

  constructor({ status, code, message, longMessage = message, meta = {} }: ClerkErrorParts) {
    super(message);
    this.status = status;
    this.code = code;
    this.longMessage = longMessage;
    this.meta = meta;
  }
}

type ClerkErrorParts = {
  status: number;
  code: string;
  message: string;
  longMessage?: string;
  meta?: Record<string, unknown>;
};

/** The body and status of an error, in the envelope that both APIs share. */
export function renderClerkError(error: ClerkError): Response {
  const { code, message, longMessage, meta, status } = error;
  const errors = [{ code, message, long_message: longMessage, meta }];
  return Response.json({ errors, clerk_trace_id: "emulator" }, { status });
}

/** 404: there is no such thing. */
export function notFound(what: string): ClerkError {
  return new ClerkError({
    status: 404,
    code: "resource_not_found",
    message: "not found",
    longMessage: `No ${what} was found.`,
  });
}

/** 422: a form field is wrong; `field` is the parameter the form component shows the message beside. */
export function badField({ field, code, message }: { field: string; code: string; message: string }): ClerkError {
  return new ClerkError({ status: 422, code, message, meta: { param_name: field } });
}

/** 422: a required form field is missing. */
export function missingField(field: string): ClerkError {
  return badField({ field, code: "form_param_missing", message: `${field} must be included.` });
}

/** 400: the request makes no sense in the present state. */
export function refused(code: string, message: string): ClerkError {
  return new ClerkError({ status: 400, code, message });
}

/** 401: nobody is signed in, or the session that was named is over. */
export function signedOut(): ClerkError {
  return new ClerkError({
    status: 401,
    code: "authentication_invalid",
    message: "Invalid authentication",
    longMessage: "Unable to authenticate the request, you need to supply an active session",
  });
}

/** 404: what Clerk answers for an organization that is not there and for one that the caller is no member of. */
export function organizationNotFoundOrUnauthorized(): ClerkError {
  return new ClerkError({
    status: 404,
    code: "organization_not_found_or_unauthorized",
    message: "not found or unauthorized",
    longMessage: "Given organization not found, or you don't have permission to access the organization",
  });
}

/** 403: the caller's role lacks a permission. */
export function missingPermission(permission: string): ClerkError {
  return new ClerkError({
    status: 403,
    code: "missing_organization_permission",
    message: "missing permission",
    longMessage: "Current user is missing an organization permission.",
    meta: { permissions: [permission] },
  });
}
