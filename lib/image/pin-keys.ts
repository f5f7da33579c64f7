/** What a pin's key names. */
export interface PinName {
  readonly system: string;
  readonly service: string;
  /** @default the service's main one */
  readonly container: string | undefined;
  /** @default none: the service has one version, or it is the stable one */
  readonly track: string | undefined;
}

/** Reads a key as `pinKey` writes it: `<system>/<service>[:<container>][@<track>]`; `undefined` for anything else. */
export function parsePinKey(key: string): PinName | undefined {
  const [whole, system = "", service = "", container, track] = /^([^/:@]+)\/([^/:@]+)(?::([^/:@]+))?(?:@([^/:@]+))?$/.exec(key) ?? [];
  return whole === undefined ? undefined : { system, service, container, track };
}

/** Whose pin it is, whatever its container and track: `<system>/<service>`. */
export function serviceOfKey(key: string): string {
  return key.replace(/[:@].*$/, "");
}

/**
 * The keys of all pins that a service has: of every container and track, in the order of the file.
 *
 * @param pins - an environment's, by key
 */
export function pinKeysOf({ pins }: { readonly pins: ReadonlyMap<string, unknown> }, system: string, service: string): string[] {
  return [...pins.keys()].filter((key) => {
    const name = parsePinKey(key);
    return name?.system === system && name.service === service;
  });
}
