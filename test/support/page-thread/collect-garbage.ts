import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Now, of this thread. */
export function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}
