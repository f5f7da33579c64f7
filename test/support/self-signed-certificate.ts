import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate in PEM, and the key that it is for. */
export interface SelfSigned {
  readonly certificate: string;
  readonly privateKey: KeyObject;
}

/** What a certificate is to be like. */
export interface SelfSignedProps {
  readonly key?: { readonly type: "rsa"; readonly bits: number } | { readonly type: "ec" };
  /** As `20260101000000Z`. */
  readonly from?: string;
  readonly to?: string;
}

/** Makes a key and its certificate, as a Sealed Secrets controller does at its start: a key of its own for each run of the tests. */
export function selfSigned({
  key = { type: "rsa", bits: 2048 },
  from = "20260101000000Z",
  to = "20360101000000Z",
}: SelfSignedProps = {}): SelfSigned {
  const { publicKey, privateKey } =
    key.type === "rsa" ? generateKeyPairSync("rsa", { modulusLength: key.bits }) : generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = sequence(
    oid(key.type === "rsa" ? "2a864886f70d01010b" : "2a8648ce3d040302"),
    ...(key.type === "rsa" ? [der(0x05)] : []),
  );
  const name = sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from("sealed-secrets")))));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    sequence(der(0x18, Buffer.from(from)), der(0x18, Buffer.from(to))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = der(
    0x03,
    Buffer.from([0]),
    sign("sha256", body, createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" }))),
  );
  const lines =
    sequence(body, algorithm, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return { certificate: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"), privateKey };
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, "hex"));

/** A tag, the length of what follows, and that. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 128) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from([content.length >> 8, content.length & 255]);
  return Buffer.concat([Buffer.from([tag, 0x82]), length, content]);
}
