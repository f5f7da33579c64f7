/** A range of addresses, as `10.0.0.0/8` or `fd00::/8` writes it. */
export class IpBlock {
  /** 32 for IPv4, 128 for IPv6. */
  readonly width: number;
  /** How many leading bits all addresses of the range share. */
  readonly shared: number;
  readonly #address: bigint;

  private constructor(width: number, shared: number, address: bigint) {
    this.width = width;
    this.shared = shared;
    this.#address = address;
  }

  /** The range that a text writes; `undefined` where it writes none. */
  static parse(text: unknown): IpBlock | undefined {
    if (typeof text !== "string") return undefined;
    const [written = "", mask = "", ...rest] = text.split("/");
    const [width, address] = written.includes(":") ? [128, addressOf(groupsOf(written), 16)] : [32, addressOf(octetsOf(written), 8)];
    const shared = /^\d{1,3}$/.test(mask) ? Number(mask) : Infinity;
    return address === undefined || shared > width || rest.length > 0 ? undefined : new IpBlock(width, shared, address);
  }

  /** Whether every address of another range is in this one; a range contains itself. */
  contains(other: IpBlock): boolean {
    if (other.width !== this.width || other.shared < this.shared) return false;
    const own = BigInt(this.width - this.shared);
    return this.#address >> own === other.#address >> own;
  }
}

/** One number out of the parts of an address, each so many bits wide. */
function addressOf(parts: readonly number[] | undefined, bits: number): bigint | undefined {
  return parts?.reduce((address, part) => (address << BigInt(bits)) | BigInt(part), 0n);
}

/** Without leading zeros, which some read as octal. */
function octetsOf(written: string): number[] | undefined {
  if (!/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(written)) return undefined;
  const octets = written.split(".").map(Number);
  return octets.every((octet) => octet <= 255) ? octets : undefined;
}

/** The eight groups of an IPv6 address; `::` stands for as many zeros as are missing, and the last two groups may be written as IPv4. */
function groupsOf(written: string): number[] | undefined {
  const last = written.slice(written.lastIndexOf(":") + 1);
  if (last.includes(".")) {
    const [a = 0, b = 0, c = 0, d = 0] = octetsOf(last) ?? [];
    const groups = [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(":");
    return octetsOf(last) && groupsOf(written.slice(0, -last.length) + groups);
  }
  const [head = "", tail, ...rest] = written.split("::");
  const [before, after] = [hexadecimals(head), hexadecimals(tail ?? "")];
  if (before === undefined || after === undefined || rest.length > 0) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...before, ...Array.from({ length: missing }, () => 0), ...after];
}

function hexadecimals(text: string): number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  return groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) ? groups.map((group) => parseInt(group, 16)) : undefined;
}
