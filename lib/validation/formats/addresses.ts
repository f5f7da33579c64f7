import { IpBlock } from "../../definition/ip-block.ts";
import { text } from "./names.ts";

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
export const cidr = text((value) => IpBlock.parse(value) !== undefined, "must be a block of addresses such as '10.0.0.0/8'");

/** A path that begins at the root. */
export const absolutePath = text((value) => value.startsWith("/"), "must begin with '/'");

function isAddress(value: string): boolean {
  return !value.includes("/") && IpBlock.parse(`${value}/0`) !== undefined;
}
