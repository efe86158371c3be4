/**
 * Reads ZIP files that somebody hands in: nothing in them is trusted. What they would unpack to is bounded before anything is
 * unpacked, content is checked against its CRC, and names that lead out of the archive are refused.
 */
import { crc32, inflateRawSync } from "node:zlib";
import { DeveloperError } from "../errors.ts";

/** A file of the archive; `name` is a path with slashes. `read` unpacks it each time, and throws a `DeveloperError` when it is damaged. */
export type ZipMember = { name: string; size: number; read: () => Buffer };

/** Where a member lies: `offset` is that of the header in front of its content. */
type Place = { method: number; crc: number; packedSize: number; size: number; offset: number };

const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const END_OF_DIRECTORY_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;
const LOCATOR_64_BYTES = 20;
const EXTRA_64 = 1;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** Stands for a number that is found where ZIP64 keeps it. */
const ELSEWHERE = 0xffffffff;
const MAX_UNPACKED_BYTES = 2 * 1024 ** 3;

/** The files of a ZIP file, folders left out. Throws a `DeveloperError` for what is none, is damaged or would unpack to too much. */
export function openZip(file: Buffer, { maxBytes = MAX_UNPACKED_BYTES }: { maxBytes?: number } = {}): ZipMember[] {
  const members = guarded(() => [...listMembers(file)]).filter(({ name }) => !name.endsWith("/"));
  const total = members.reduce((sum, { size }) => sum + size, 0);
  if (total > maxBytes) throw damaged(`it would unpack to ${total} bytes, and ${maxBytes} is the most`);
  return members;
}

function* listMembers(file: Buffer): Generator<ZipMember> {
  let { at, left } = findDirectory(file);
  for (; left > 0; left--) {
    if (file.readUInt32LE(at) !== CENTRAL_HEADER) throw damaged("its directory breaks off");
    const nameStart = at + CENTRAL_HEADER_BYTES;
    const nameEnd = nameStart + file.readUInt16LE(at + 28);
    const extraEnd = nameEnd + file.readUInt16LE(at + 30);
    const name = file.toString("utf8", nameStart, nameEnd);
    checkName(name);
    if ((file.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw damaged(`${name} is encrypted`);
    const place = readPlace(file, at, file.subarray(nameEnd, extraEnd));
    yield { name, size: place.size, read: () => guarded(() => readContent(file, name, place)) };
    at = extraEnd + file.readUInt16LE(at + 32);
  }
}

/** Where the directory begins, and how many members it has. */
function findDirectory(file: Buffer): { at: number; left: number } {
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(END_OF_DIRECTORY);
  const end = file.lastIndexOf(signature);
  if (end === -1 || end + END_BYTES > file.length) throw damaged("it has no directory");
  const locator = end - LOCATOR_64_BYTES;
  if (locator < 0 || file.readUInt32LE(locator) !== LOCATOR_64) {
    return { at: file.readUInt32LE(end + 16), left: file.readUInt16LE(end + 10) };
  }
  const end64 = readBig(file, locator + 8);
  if (file.readUInt32LE(end64) !== END_OF_DIRECTORY_64) throw damaged("its directory is not where it says");
  return { at: readBig(file, end64 + 48), left: readBig(file, end64 + 32) };
}

/** `at` is where the member's part of the directory begins. */
function readPlace(file: Buffer, at: number, extra: Buffer): Place {
  const big = bigNumbersOf(extra);
  const numberAt = (offset: number) => {
    const small = file.readUInt32LE(at + offset);
    return small === ELSEWHERE ? (big.shift() ?? small) : small;
  };
  // ZIP64 keeps what it has in this order.
  const [size, packedSize, offset] = [numberAt(24), numberAt(20), numberAt(42)];
  return { method: file.readUInt16LE(at + 10), crc: file.readUInt32LE(at + 16), packedSize, size, offset };
}

/** What ZIP64's field says, as far as it goes. */
function bigNumbersOf(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === EXTRA_64) {
      return Array.from({ length: Math.floor(length / 8) }, (_, i) => readBig(extra, at + 4 + 8 * i));
    }
    at += 4 + length;
  }
  return [];
}

function readContent(file: Buffer, name: string, { method, crc, packedSize, size, offset }: Place): Buffer {
  const start = offset + LOCAL_HEADER_BYTES + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  const packed = file.subarray(start, start + packedSize);
  if (method !== STORED && method !== DEFLATED) throw damaged(`${name} is packed in an unknown way`);
  const bytes = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  if (bytes.length !== size || crc32(bytes) !== crc) throw damaged(`${name} is not whole`);
  return bytes;
}

function checkName(name: string): void {
  const leadsOut = name.startsWith("/") || /^[a-z]:/i.test(name) || name.split("/").includes("..");
  if (leadsOut || /[\\\0]/.test(name)) throw damaged(`${JSON.stringify(name)} is no path inside of it`);
}

function readBig(buffer: Buffer, at: number): number {
  return Number(buffer.readBigUInt64LE(at));
}

/** Whatever a damaged file makes fail is said to be damage. */
function guarded<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof DeveloperError) throw error;
    throw damaged(error instanceof Error ? error.message : String(error));
  }
}

function damaged(reason: string): DeveloperError {
  return new DeveloperError(`The ZIP file cannot be read: ${reason}.`);
}
