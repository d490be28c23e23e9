import type { EmbedderChoice } from "#analytics/causes/cluster-in-worker.ts";
import { embedderOf } from "#analytics/causes/method.ts";
import { SettingError } from "#app/settings.ts";

/**
 * The sentence model of a run. A run from nothing takes the one that is set, or none. The run after a load keeps that of
 * the published run, as it keeps its granularity: a model that was set, changed or taken away must not move cases unasked.
 *
 * @param folder of the model that is set; `undefined`: none is
 * @param kept the method id of the published run where the run goes on from it; `null`: it begins from nothing
 * @throws SettingError where the model that is to be kept, or the one that is set, is not there
 */
export async function chooseEmbedder(
  folder: string | undefined,
  kept: string | null,
): Promise<EmbedderChoice | undefined> {
  const needed = kept === null ? null : embedderOf(kept);
  if (kept !== null && needed === null) return undefined;
  const id = folder === undefined ? null : await identified(folder);
  if (needed !== null && id !== needed) throw new SettingError(otherEmbedder(needed, folder, id));
  return folder === undefined || id === null ? undefined : { folder, id };
}

/** @param id of the model in the folder */
export function otherEmbedder(needed: string, folder: string | undefined, id: string | null): string {
  const now =
    folder === undefined
      ? "FIXTWICE_EMBEDDER is not set"
      : `FIXTWICE_EMBEDDER (${folder}) is the model ${id}`;
  return (
    `The published causes were found with the sentence model ${needed}, and ${now}. ` +
    "Set it to the folder of that model, or have the causes found anew."
  );
}

async function identified(folder: string): Promise<string> {
  const { identifyModel } = await import("#analytics/causes/embedder/read-model-folder.ts"); // only where one is set
  try {
    return await identifyModel(folder);
  } catch (error) {
    throw new SettingError(error instanceof Error ? error.message : String(error));
  }
}
