import { createRequire } from "node:module";
import { join } from "node:path";

/** What is used of the packages onnxruntime-node and onnxruntime-web, which are alike in it. */
export interface OnnxRuntime {
  InferenceSession: { create(file: string, options: object): Promise<OnnxSession> };
  Tensor: new (type: "int64" | "int32", data: BigInt64Array | Int32Array, dims: readonly number[]) => object;
  env: { wasm?: { numThreads?: number } };
}

export interface OnnxSession {
  inputNames: readonly string[];
  outputNames: readonly string[];
  inputMetadata?: readonly { name: string; type?: string }[];
  run(inputs: Readonly<Record<string, object>>): Promise<Record<string, OnnxTensor>>;
  release(): Promise<void>;
}

export interface OnnxTensor {
  dims: readonly number[];
  data: ArrayLike<number | bigint>;
}

/** The native one is several times as fast; the other is WebAssembly and runs everywhere. */
const packages = ["onnxruntime-node", "onnxruntime-web"] as const;

/**
 * Loads what runs models: from the model's folder, or from this project, where a user has installed it. It is no
 * dependency of ours: it has 140 MB or 288, and fetches more as it is installed.
 * @throws Error where neither package is there, or the one that is there does not load
 */
export function loadRuntime(folder: string): OnnxRuntime {
  const [name, path] = findPackage(folder);
  try {
    const runtime: OnnxRuntime = createRequire(path)(path); // what it exports is its own contract; used below by name
    if (runtime.env.wasm !== undefined) runtime.env.wasm.numThreads = 1;
    return runtime;
  } catch (error) {
    throw new Error(
      `${name} (${path}) does not load: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

function findPackage(folder: string): [name: string, path: string] {
  for (const place of [join(folder, "package.json"), import.meta.url]) {
    for (const name of packages) {
      try {
        return [name, createRequire(place).resolve(name)];
      } catch {
        // not here: the next place
      }
    }
  }
  throw new Error(
    `neither ${packages.join(" nor ")} is installed in it or in this project; to install one: npm install --prefix "${folder}" --ignore-scripts ${packages[0]}`,
  );
}
