/**
 * Which addresses our servers may call when a tenant typed the host: public ones. Everything that leads back into a
 * network of ours (loopback, private, link-local with its metadata services, …) or to nobody is refused, also when it is
 * wrapped in IPv6. What cannot be read is refused.
 */

/** Bits of an address, most significant byte first: 4 bytes for IPv4, 16 for IPv6. */
type Bytes = readonly number[];
type Range = { prefix: Bytes; bits: number };

const REFUSED_V4: readonly Range[] = [
  v4("0.0.0.0/8"), // this network
  v4("10.0.0.0/8"), // private
  v4("100.64.0.0/10"), // shared by carriers, and by cloud metadata
  v4("127.0.0.0/8"), // loopback
  v4("169.254.0.0/16"), // link-local: metadata services
  v4("172.16.0.0/12"), // private
  v4("192.0.0.0/24"), // protocol assignments
  v4("192.0.2.0/24"), // documentation
  v4("192.31.196.0/24"),
  v4("192.52.193.0/24"),
  v4("192.88.99.0/24"), // old 6to4 relays
  v4("192.168.0.0/16"), // private
  v4("192.175.48.0/24"),
  v4("198.18.0.0/15"), // benchmarks
  v4("198.51.100.0/24"), // documentation
  v4("203.0.113.0/24"), // documentation
  v4("224.0.0.0/4"), // multicast
  v4("240.0.0.0/4"), // reserved, broadcast
];

/** All unicast addresses that are given out; what carries an IPv4 address is judged by it before. */
const GLOBAL_V6: Range = { prefix: [0x20], bits: 3 };

const REFUSED_V6: readonly Range[] = [
  { prefix: [0x20, 0x01, 0x00], bits: 23 }, // protocol assignments, Teredo among them
  { prefix: [0x20, 0x01, 0x0d, 0xb8], bits: 32 }, // documentation
  { prefix: [0x3f, 0xff, 0x00], bits: 20 }, // documentation
];

/** Where an IPv6 address carries an IPv4 one, and at which byte. */
const CARRIERS: readonly (Range & { at: number })[] = [
  { prefix: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], bits: 96, at: 12 }, // mapped
  { prefix: [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0], bits: 96, at: 12 }, // translated
  { prefix: [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], bits: 96, at: 12 }, // NAT64
  { prefix: [0x20, 0x02], bits: 16, at: 2 }, // 6to4
];

/** Whether an IP address, as text (with or without brackets), is out on the internet. */
export function isPublicAddress(text: string): boolean {
  const bytes = parseAddress(text);
  if (bytes === null) return false;
  if (bytes.length === 4) return !REFUSED_V4.some((range) => isIn(bytes, range));
  const carrier = CARRIERS.find((range) => isIn(bytes, range));
  if (carrier !== undefined) return isPublicAddress(bytes.slice(carrier.at, carrier.at + 4).join("."));
  return isIn(bytes, GLOBAL_V6) && !REFUSED_V6.some((range) => isIn(bytes, range));
}

/** An IPv4 address in four decimal parts or an IPv6 address in any of its forms, as bytes; null for anything else. */
export function parseAddress(text: string): Bytes | null {
  const bare = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  return bare.includes(":") ? parseV6(bare) : parseV4(bare);
}

function parseV4(text: string): Bytes | null {
  const parts = text.split(".");
  // A leading zero is octal to some and decimal to others: to us it is nothing.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

function parseV6(text: string): Bytes | null {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return null;
  const left = parseGroups(head, tail === undefined);
  const right = tail === undefined ? [] : parseGroups(tail, true);
  if (left === null || right === null) return null;
  const missing = 16 - left.length - right.length;
  const fits = tail === undefined ? missing === 0 : missing >= 2;
  return fits ? [...left, ...Array.from({ length: missing }, () => 0), ...right] : null;
}

/** Groups of 16 bits; the last may be an IPv4 address when the whole ends with them. */
function parseGroups(text: string, isEnd: boolean): Bytes | null {
  if (text === "") return [];
  const groups = text.split(":");
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    if (group.includes(".")) {
      const carried = isEnd && index === groups.length - 1 ? parseV4(group) : null;
      if (carried === null) return null;
      bytes.push(...carried);
      continue;
    }
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
    const value = Number.parseInt(group, 16);
    bytes.push(value >> 8, value & 0xff);
  }
  return bytes;
}

function isIn(bytes: Bytes, { prefix, bits }: Range): boolean {
  return prefix.every((byte, index) => {
    const checked = Math.min(8, Math.max(0, bits - index * 8));
    const mask = (0xff << (8 - checked)) & 0xff;
    return ((bytes[index] ?? 0) & mask) === (byte & mask);
  });
}

function v4(notation: string): Range {
  const [address = "", bits = ""] = notation.split("/");
  return { prefix: parseV4(address) ?? [], bits: Number(bits) };
}
