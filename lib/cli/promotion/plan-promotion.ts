import type { Definitions } from "../../definition/definitions.ts";
import { instantOf } from "../../definition/instant.ts";
import type { Observation } from "../../evidence/observation.ts";
import { deliveryMessage, type DeliveryAttribution } from "../../history/delivery-message.ts";
import { trailer } from "../../history/trailers.ts";
import { editImagePins } from "../../image/edit-image-pins.ts";
import { imagePinsFile } from "../../image/image-pins.ts";
import type { PromotionRequest } from "../../promotion/promoted-pins.ts";
import { promotionGates } from "../../promotion/promotion-gates.ts";
import type { Io } from "../io.ts";
import type { EditBase, PlannedEdit, RepositoryEdit } from "../landing/landing.ts";
import type { ProjectFiles } from "../project-files.ts";
import { readHoldsOf } from "../read-holds.ts";
import { readLineInput } from "../read-line-input.ts";
import { gatedServices } from "./gated-services.ts";
import { promoteSystem, type PromotionCourse } from "./promote-system.ts";
import { isRefused, movedPins, type Promotion, reviewedSystems } from "./promotion.ts";
import { requireSameImage } from "./require-same-image.ts";
import { withHistory } from "./source-history.ts";

/** What somebody asked for. */
export interface AskedPromotion extends PromotionCourse {
  readonly definitions: Definitions;
  /** One at least. */
  readonly requests: readonly PromotionRequest[];
  /** Why gates are passed over. @default they are not */
  readonly override: string | undefined;
  /** What was seen of `from`. @default nobody looked */
  readonly observations: readonly Observation[] | undefined;
  readonly attribution: DeliveryAttribution;
}

/**
 * Decides which pins move, and what stands in their way; changes nothing.
 *
 * @returns no edit where nothing moves, or a gate refuses
 * @throws UserError when a pin is not there, has no digest where one is wanted, or is called by a tag that is not its image's
 */
export async function planPromotion(
  asked: AskedPromotion,
  { project, git }: EditBase,
  io: Pick<Io, "now" | "registry">,
): Promise<PlannedEdit<Promotion>> {
  const { definitions, requests, from, to, tag, override, observations } = asked;
  const input = readLineInput(definitions, project);
  const parts = [...new Set(requests.map(({ system }) => system))].map((system) =>
    promoteSystem(
      system,
      requests.filter((request) => request.system === system),
      asked,
      input,
    ),
  );
  if (tag !== undefined) await requireSameImage(movedPins(parts), tag, io.registry);
  const systems = parts.map((part) => ({ ...part, pins: withHistory(part.pins, git, from.name) }));
  const { holds } = readHoldsOf(to.name, project);
  const facts = { git, observations, holds: [...holds.values()], now: instantOf(io.now()) };
  const gated = systems.flatMap((part) => gatedServices(part, { from: from.name, to: to.name }, facts));
  const promotion = { from, to, systems, gates: promotionGates(gated, facts.now), override };
  const moves = movedPins(systems).length > 0 && !isRefused(promotion);
  return {
    edit: moves
      ? editOf(promotion, { ...asked.attribution, actor: asked.attribution.actor ?? git?.setting("user.name") }, project)
      : undefined,
    value: promotion,
  };
}

function editOf(promotion: Promotion, attribution: DeliveryAttribution, project: ProjectFiles): RepositoryEdit {
  const { from, to, systems, gates, override } = promotion;
  const file = imagePinsFile(to.name);
  const moved = movedPins(systems);
  const text = editImagePins(project.read(file) ?? "", file, new Map(moved.map(({ key, reference }) => [key, reference])));
  const reviewed = reviewedSystems(promotion);
  const message = deliveryMessage({
    action: reviewed.length > 0 ? "release" : "promote",
    environment: to.name,
    moves: moved.map(({ key, target, reference, sourceCommit }) => ({ key, from: target, to: reference, sourceCommit })),
    attribution,
    more: [
      [trailer.promotedFrom, from.name],
      ...(override !== undefined && gates.some(({ passed }) => !passed) ? [[trailer.override, override] as const] : []),
    ],
  });
  const review = `${reviewed.map(({ system }) => `'${system.name}'`).join(", ")} in '${to.name}'`;
  return { files: new Map([[file, text]]), message, ...(reviewed.length > 0 && { needsReview: review }) };
}
