/** Writes ZIP files, as far as snapshots need them: no ZIP64, names in UTF-8. `zip-reader.ts` reads them. */
import { crc32, deflateRawSync } from "node:zlib";
import { DeveloperError } from "../errors.ts";

/** `name` is a path with slashes. */
export type ZipEntry = { name: string; bytes: Uint8Array };

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const VERSION = 20; // the first with folders and deflate
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
const FIRST_DAY = 0x0021; // 1980-01-01: the same content gives the same file
const MAX_ENTRIES = 0xffff;

/** The bytes of a ZIP file with these entries, in their order. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  if (entries.length > MAX_ENTRIES) throw new DeveloperError(`A snapshot has at most ${MAX_ENTRIES} files.`);
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const packed = deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const fields = describeEntry({ bytes, packed, nameBytes });
    const local = Buffer.concat([numbers([4, LOCAL_HEADER]), fields, nameBytes, packed]);
    directory.push(centralHeader(fields, offset), nameBytes);
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, endOfDirectory(entries.length, central.length, offset)]);
}

/** What the header before an entry and its line in the directory have in common. */
function describeEntry({ bytes, packed, nameBytes }: { bytes: Uint8Array; packed: Buffer; nameBytes: Buffer }): Buffer {
  const kind: Field[] = [
    [2, VERSION],
    [2, UTF8_NAMES],
    [2, DEFLATED],
    [2, 0],
    [2, FIRST_DAY],
  ];
  return numbers(...kind, [4, crc32(bytes)], [4, packed.length], [4, bytes.length], [2, nameBytes.length], [2, 0]);
}

function centralHeader(fields: Buffer, offset: number): Buffer {
  const rest = numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]);
  return Buffer.concat([numbers([4, CENTRAL_HEADER], [2, VERSION]), fields, rest]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = numbers([4, END_OF_DIRECTORY], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]);
  if (end.length !== END_BYTES) throw new Error("the end of a directory has another length");
  return end;
}

type Field = readonly [bytes: 2 | 4, value: number];

/** Little-endian, one after the other. */
function numbers(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}
