import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { tinyModelFolder } from "./tiny-sentence-model.ts";

/** A node_modules with onnxruntime-node or onnxruntime-web, which are no dependencies of ours. */
const installed = process.env["TEST_ONNX_RUNTIME"] ?? "";

/** Tests that run a model are skipped, and say so, where there is none. */
export const hasOnnxRuntime = installed !== "" && existsSync(installed);

/** The tiny model's folder with a runtime in it. */
export function runnableModelFolder(files: Parameters<typeof tinyModelFolder>[0] = {}): string {
  const folder = tinyModelFolder(files);
  symlinkSync(installed, join(folder, "node_modules"));
  return folder;
}
