import { readFileSync } from "node:fs";
import { parseWordVectors, type WordVectors } from "./word-vectors.ts";

/** The table that lies beside the engine (word-vectors/PROVENANCE.md): 3 MB, read in some 20 ms. */
export function loadWordVectors(): WordVectors {
  const folder = new URL("./word-vectors/", import.meta.url);
  return parseWordVectors(
    readFileSync(new URL("words.txt", folder), "utf8"),
    readFileSync(new URL("glove-100d-30k.int8", folder)),
  );
}
