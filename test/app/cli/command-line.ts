import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "#app/settings.ts";

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Only what a test sets, and what a process needs to run at all. */
function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, ...settings };
}

function start(args: readonly string[], settings: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [join(projectRoot, "bin/fixtwice.js"), ...args], {
    env: environment(settings),
  });
}

/** Runs the command line as its user does, to its end. What it may read by its standard input is no terminal. */
export async function fixtwice(
  args: readonly string[],
  settings: Record<string, string> = {},
  input = "",
): Promise<Finished> {
  const child = start(args, settings);
  child.stdin?.on("error", () => {}); // a command that reads none may end before it is written
  child.stdin?.end(input);
  const finished = { stdout: "", stderr: "" };
  child.stdout?.on("data", (text) => (finished.stdout += String(text)));
  child.stderr?.on("data", (text) => (finished.stderr += String(text)));
  const [code] = (await once(child, "close")) as [number | null]; // by the event's contract
  return { code, ...finished };
}

export interface ServingProcess {
  url: string;
  /** Asks it to stop, and resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** Starts a server on a free port, and waits until it says where it is. */
export async function serve(
  args: readonly string[],
  settings: Record<string, string>,
): Promise<ServingProcess> {
  const child = start(["serve", ...args], { PORT: "0", ...settings });
  const closed = once(child, "close") as Promise<[number | null]>; // by the event's contract
  let told = "";
  child.stderr?.on("data", (text) => (told += String(text)));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (text) => {
      told += String(text);
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(told) ?? [];
      if (found !== undefined) resolve(found);
    });
    void closed.then(() => reject(new Error(`The server ended before it served:\n${told}`)));
  });
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      const [code] = await closed;
      return code;
    },
  };
}
