import assert from "node:assert/strict";
import fc from "fast-check";
import { suite } from "../../../../../test/support/suite.ts";
import { readAddress, readRange } from "./address.ts";
import { isReachEntry, reachOf } from "./reach.ts";

const test = suite("which addresses a connection may go to");

const open = reachOf(["public"]);

test("the public ones are those that anybody on the internet may have", () => {
  for (const address of ["8.8.8.8", "52.1.2.3", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2a00:1450:4001:80b::200e"])
    assert.ok(open.allows(address), address);
});

test("this machine, private networks, link-local ones and the clouds' own are not, in whatever form they are written", () => {
  const refused = [
    ...["127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1"],
    ...["169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.1", "255.255.255.255", "198.18.0.1"],
    ...[
      "::",
      "::1",
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "::7f00:1",
      "::ffff:10.0.0.1",
      "fe80::1",
      "fe80::1%eth0",
      "fc00::1",
      "fd00:ec2::254",
    ],
    ...["64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:53aa:64c:0:5efe:7f00:1"],
    ...["2001:470::5efe:7f00:1", "2001:470::200:5efe:10.0.0.1", "2001:db8::1", "ff02::1", "3fff::1", "5f00::1", "100::1"],
  ];
  for (const address of refused) assert.ok(!open.allows(address), address);
});

test("what is listed is allowed, and nothing beside it", () => {
  const reach = reachOf(["10.0.0.0/8", "fd00::/8", "203.0.113.7"]);
  for (const address of ["10.9.8.7", "::ffff:10.0.0.1", "fd12::1", "203.0.113.7", "64:ff9b::a00:1"])
    assert.ok(reach.allows(address), address);
  for (const address of ["8.8.8.8", "11.0.0.1", "127.0.0.1", "fe00::1", "203.0.113.8"]) assert.ok(!reach.allows(address), address);
});

test("what is no address is not allowed, and what is no range is not listed", () => {
  const all = reachOf(["0.0.0.0/0", "::/0"]);
  for (const text of ["", "localhost", "1.2.3", "0x7f.1", "127.1", "2130706433", "1.2.3.4.5", "::g", "[::1]"])
    assert.ok(!all.allows(text), text);
  for (const text of ["10.0.0.1/8", "10.0.0.0/33", "fd00::/129", "private", "10.0.0.0/-1", "fe80::1%eth0", " 10.0.0.1"])
    assert.ok(!isReachEntry(text), text);
});

test("an IPv4 address and its mapped form are the same address, in any spelling", () => {
  fc.assert(
    fc.property(fc.ipV4(), (text) => {
      const [a, b, c, d] = text.split(".").map(Number) as [number, number, number, number];
      const hex = `::ffff:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      for (const form of [`::ffff:${text}`, `::FFFF:${text}`, `0:0:0:0:0:ffff:${text}`, hex])
        assert.equal(readAddress(form), readAddress(text));
    }),
  );
});

test("an address lies in a range exactly when it shares its leading bits", () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), fc.ipV6(), (base, bits, other) => {
      const rest = 128n - BigInt(bits);
      const start = ((readAddress(base) as bigint) >> rest) << rest;
      const text = Array.from({ length: 8 }, (_, at) => ((start >> BigInt(112 - 16 * at)) & 0xffffn).toString(16)).join(":");
      assert.deepEqual(readRange(`${text}/${bits}`), { base: start, bits });
      assert.equal(reachOf([`${text}/${bits}`]).allows(base), true);
      const shares = (readAddress(other) as bigint) >> rest === start >> rest;
      if (shares) assert.ok(reachOf([`${text}/${bits}`]).allows(other));
    }),
  );
});

test.run();
