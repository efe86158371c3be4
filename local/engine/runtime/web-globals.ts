import { AsyncLocalStorage } from "node:async_hooks";

/**
 * What the host lends to every realm. Typed arrays are among them because bytes cross between realms: with one
 * constructor everywhere, `instanceof Uint8Array` holds on both sides. Object, Array, Promise and Error stay each
 * realm's own.
 */
export const sharedGlobals: Readonly<Record<string, unknown>> = {
  ArrayBuffer,
  BigInt64Array,
  BigUint64Array,
  DataView,
  Float16Array,
  Float32Array,
  Float64Array,
  Int8Array,
  Int16Array,
  Int32Array,
  Uint8Array,
  Uint8ClampedArray,
  Uint16Array,
  Uint32Array,
  AsyncLocalStorage,
  AbortController,
  AbortSignal,
  Blob,
  CompressionStream,
  DecompressionStream,
  DOMException,
  Event,
  EventTarget,
  File,
  FormData,
  Headers,
  ReadableStream,
  Request,
  Response,
  TextDecoder,
  TextDecoderStream,
  TextEncoder,
  TextEncoderStream,
  TransformStream,
  URL,
  URLSearchParams,
  WritableStream,
  atob,
  btoa,
};

/** What V8 gives every realm and Convex's runtime does not have. */
export const removedGlobals = ["SharedArrayBuffer", "Atomics", "console"] as const;
