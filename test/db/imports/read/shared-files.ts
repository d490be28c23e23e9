import { fileURLToPath } from "node:url";

/** A file of the collection beside the project. */
export function sharedFile(name: string): string {
  return fileURLToPath(new URL(`../../../../../shared/data/${name}`, import.meta.url));
}
