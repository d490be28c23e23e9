import { existsSync, readFileSync } from "node:fs";

const file = new URL("../../build/kernels.wasm", import.meta.url);

/** The kernels as `npm run build` made them; `null` before a build, when their twins in JavaScript do the work. */
export function loadKernels(): WebAssembly.Module | null {
  return existsSync(file) ? new WebAssembly.Module(readFileSync(file)) : null;
}
