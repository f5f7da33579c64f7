import type { EnvironmentDefinition } from "../../definition/environment.ts";
import { deliveryMessage } from "../../history/delivery-message.ts";
import { trailer } from "../../history/trailers.ts";
import { editImagePins } from "../../image/edit-image-pins.ts";
import { imagePinsFile, readImagePins } from "../../image/image-pins.ts";
import type { EditBase, PlannedEdit, RepositoryEdit } from "../landing/landing.ts";
import type { AttributionOptions } from "../landing/landing-options.ts";
import { readHoldsOf } from "../read-holds.ts";
import { comparePin } from "./compare-pin.ts";
import { requireWholeSets, staySets } from "./keep-sets-together.ts";
import { type Obstacle, obstaclesOf } from "./obstacles.ts";
import type { PlannedPin } from "./planned-pin.ts";
import type { SourceOrder } from "./source-order.ts";
import type { WantedPin } from "./wanted-pins.ts";

/** What is asked for, whatever the repository holds by then. */
export interface ImageSetRequest {
  readonly environment: EnvironmentDefinition;
  /** Each fit for the environment. */
  readonly wanted: readonly WantedPin[];
  /** `undefined` where nobody said what the images were built from. */
  readonly order: SourceOrder | undefined;
  /** Why holds and freezes are passed. */
  readonly override?: string | undefined;
  /** Leave pins that are held where they are, and move the others. */
  readonly skipHeld?: boolean | undefined;
  readonly attribution: AttributionOptions;
}

/** What is to be told of it. */
export interface ImageSetReport {
  readonly pins: readonly PlannedPin[];
  /** Holds and freezes on the way. */
  readonly obstacles: readonly Obstacle[];
  /** Whether they stopped it: nothing moves then. */
  readonly refused: boolean;
}

/**
 * Decides what becomes of each pin, from what the repository holds now, and the edit that does it: all of them or none.
 *
 * @param now - RFC 3339 in UTC
 * @throws UserError when a set would move in part, or nobody can tell which commit is the later one
 */
export function planImageSet({ project, git }: EditBase, request: ImageSetRequest, now: string): PlannedEdit<ImageSetReport> {
  const { environment, wanted, order, override, skipHeld = false } = request;
  const file = imagePinsFile(environment.name);
  const text = project.read(file) ?? "";
  const present = readImagePins(text, file);
  const compared = staySets(wanted.map((pin) => comparePin(pin, { pins: present, git, order })));
  const holds = readHoldsOf(environment.name, project);
  const found = obstaclesOf(compared, holds, now);
  const pins = skipHeld ? staySets(compared.map((pin) => skipped(pin, found))) : compared;
  requireWholeSets(pins, present);

  const obstacles = skipHeld ? obstaclesOf(pins, holds, now) : found;
  const refused = obstacles.length > 0 && override === undefined;
  const moves = refused ? [] : pins.filter(({ outcome }) => outcome === "moves");
  const value: ImageSetReport = { pins, obstacles, refused };
  if (moves.length === 0) return { edit: undefined, value };
  const after = editImagePins(text, file, new Map(moves.map(({ wanted: { text: key, reference } }) => [key, reference])));
  const passed = obstacles.length === 0 ? undefined : override;
  const attribution = { ...request.attribution, actor: request.attribution.actor ?? git?.setting("user.name") };
  return { edit: { files: new Map([[file, after]]), ...describe(environment, moves, { passed, attribution }) }, value };
}

function skipped(pin: PlannedPin, obstacles: readonly Obstacle[]): PlannedPin {
  const { wanted, from } = pin;
  const hold = obstacles.find(({ kind, keys }) => kind === "hold" && keys.includes(wanted.text));
  return hold === undefined ? pin : { wanted, from, outcome: "held", reason: `it is ${hold.reason}` };
}

function describe(
  { name }: EnvironmentDefinition,
  moves: readonly PlannedPin[],
  {
    passed,
    attribution,
  }: { readonly passed: string | undefined; readonly attribution: Partial<AttributionOptions> & { actor: string | undefined } },
): Pick<RepositoryEdit, "message" | "needsReview"> {
  const reviewed = moves.filter(({ wanted }) => wanted.policy.approval === "pull-request").map(({ wanted }) => wanted.system.name);
  const message = deliveryMessage({
    action: reviewed.length > 0 ? "release" : "deploy",
    environment: name,
    moves: moves.map(({ wanted: { text: key, reference: to }, from, sourceCommit }) => ({ key, from, to, sourceCommit })),
    attribution,
    more: passed === undefined ? [] : [[trailer.override, passed]],
  });
  if (reviewed.length === 0) return { message };
  return { message, needsReview: `${[...new Set(reviewed)].map((system) => `'${system}'`).join(" and ")} in '${name}'` };
}
