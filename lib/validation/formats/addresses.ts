import { text } from "./names.ts";

const ipv4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/** @see https://distribution.github.io/distribution/spec/api/#overview */
const image =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.[a-zA-Z0-9-]+)*(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$/;

/** As containerd reads it; whether it is from a trusted registry, or has a digest, is for other rules to say. */
export const imageReference = text(
  (value) => image.test(value),
  "must be an image such as 'ghcr.io/acme/app:1.2.3', in lower-case letters up to the tag",
);

/** An IPv4 or IPv6 address. */
export const ipAddress = text(isAddress, "must be an IP address");

/** A block of addresses. */
export const cidr = text((value) => {
  const [address = "", bits = "", ...others] = value.split("/");
  return others.length === 0 && isAddress(address) && /^\d{1,3}$/.test(bits) && Number(bits) <= (address.includes(":") ? 128 : 32);
}, "must be a block of addresses such as '10.0.0.0/8'");

/** A path that begins at the root. */
export const absolutePath = text((value) => value.startsWith("/"), "must begin with '/'");

function isAddress(value: string): boolean {
  return ipv4.test(value) || isIpv6(value);
}

/** Eight groups, or fewer around one `::`; the last two may be written as IPv4. */
function isIpv6(value: string): boolean {
  if (!value.includes(":")) return false;
  const tail = value.slice(value.lastIndexOf(":") + 1);
  const plain = tail.includes(".") ? (ipv4.test(tail) ? `${value.slice(0, -tail.length)}0:0` : "") : value;
  const halves = plain.split("::");
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  if (halves.length > 2 || !groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}
