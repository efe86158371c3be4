import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPublicAddress, parseAddress } from "./outbound-address.ts";

const PUBLIC = [
  "1.1.1.1",
  "8.8.8.8",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.1",
  "169.253.255.255",
  "169.255.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "192.167.255.255",
  "192.169.0.0",
  "198.17.255.255",
  "198.20.0.0",
  "223.255.255.255",
  "2606:4700:4700::1111",
  "[2a00:1450:4001:80b::200e]",
  "2001:4860:4860::8888",
  "::ffff:8.8.8.8",
  "64:ff9b::8.8.8.8",
  "2002:808:808::1",
];

const REFUSED = [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "100.100.100.200", // metadata of a cloud
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254", // metadata of most clouds
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.192",
  "192.168.1.1",
  "198.18.0.1",
  "198.19.255.255",
  "203.0.113.9",
  "224.0.0.1",
  "239.255.255.255",
  "255.255.255.255",
  "::",
  "::1",
  "[::1]",
  "fe80::1",
  "febf::1",
  "fec0::1",
  "fc00::1",
  "fd00:ec2::254", // metadata over IPv6
  "ff02::1",
  "100::1", // discard
  "2001::1", // Teredo
  "2001:db8::1",
  "3fff::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:0:127.0.0.1",
  "::127.0.0.1", // the deprecated "compatible" form
  "64:ff9b::10.0.0.1",
  "64:ff9b:1::10.0.0.1", // a network's own translator
  "2002:a00:1::1", // 10.0.0.1 in 6to4
  "4000::1", // not given out
];

const UNREADABLE = [
  "",
  "localhost",
  "127.1",
  "2130706433",
  "0x7f.0.0.1",
  "0177.0.0.1",
  "127.0.0.01",
  "127.0.0.1.",
  "1.2.3.256",
  "1.2.3.4.5",
  "1.2.3.-4",
  "1.2.3.4%eth0",
  "fe80::1%eth0",
  ":::",
  "1::2::3",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7::8:9",
  "12345::",
  "1.2.3.4::",
  "::1.2.3.4:5",
  "::1.2.3",
];

describe("an address", () => {
  it.each(PUBLIC)("%s is out on the internet", (text) => {
    expect(isPublicAddress(text)).toBe(true);
  });

  it.each(REFUSED)("%s is not", (text) => {
    expect(parseAddress(text)).not.toBeNull();
    expect(isPublicAddress(text)).toBe(false);
  });

  it.each(UNREADABLE)("%j is none, and refused", (text) => {
    expect(parseAddress(text)).toBeNull();
    expect(isPublicAddress(text)).toBe(false);
  });

  it.each(["http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://①②⑦.0.0.1/"])(
    "%s is loopback once a URL has been read",
    (url) => {
      expect(new URL(url).hostname).toBe("127.0.0.1");
    },
  );
});

describe("laws of addresses", () => {
  it("an IPv4 address is judged alike in every wrapping", () => {
    fc.assert(
      fc.property(fc.ipV4(), (v4) => {
        const [a = 0, b = 0, c = 0, d = 0] = v4.split(".").map(Number);
        const hex = (high: number, low: number) => ((high << 8) | low).toString(16);
        const wrapped = [
          `::ffff:${v4}`,
          `::ffff:${hex(a, b)}:${hex(c, d)}`,
          `64:ff9b::${v4}`,
          `2002:${hex(a, b)}:${hex(c, d)}::`,
        ];
        for (const form of wrapped) expect(isPublicAddress(form)).toBe(isPublicAddress(v4));
      }),
    );
  });

  it("all spellings of an IPv6 address are the same bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }), (groups) => {
        const plain = groups.map((group) => group.toString(16)).join(":");
        const padded = groups.map((group) => group.toString(16).padStart(4, "0").toUpperCase()).join(":");
        const viaUrl = new URL(`http://[${plain}]/`).hostname;
        expect(parseAddress(padded)).toEqual(parseAddress(plain));
        expect(parseAddress(viaUrl)).toEqual(parseAddress(plain));
        expect(parseAddress(plain)).toHaveLength(16);
      }),
    );
  });
});
