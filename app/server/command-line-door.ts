import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { doorWorks } from "./command-line/door-works.ts";
import { takeFirstLine } from "./command-line/first-line.ts";
import type { DoorMessage, DoorWorks } from "./command-line/messages.ts";
import type { Services } from "./services.ts";

/** Below it each work has its name. */
export const doorPath = "/-/command-line/";

interface Door {
  services: Services;
  token: string;
}

/**
 * Where the command line of this machine hands its work to the server that holds the embedded database. It proves
 * itself by the token that lies in the lock file, which only the same user can read. True if the request was its.
 * A request is a line of JSON, and behind it the bytes of a file; the answer is lines of JSON, the last one the result.
 */
export function handleCommandLine(request: IncomingMessage, response: ServerResponse, door: Door): boolean {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (!pathname.startsWith(doorPath)) return false;
  const name = pathname.slice(doorPath.length);
  if (request.method !== "POST" || !isWork(name) || !isToken(request.headers.authorization, door.token)) {
    response.writeHead(403, { "content-type": "text/plain; charset=utf-8" });
    response.end("This address is for the command line of this machine.\n");
    return true;
  }
  void doWork(request, response, { name, services: door.services });
  return true;
}

function isWork(name: string): name is keyof DoorWorks {
  return Object.hasOwn(doorWorks, name);
}

function isToken(header: string | undefined, token: string): boolean {
  const [got, wanted] = [Buffer.from(header ?? ""), Buffer.from(`Bearer ${token}`)];
  return got.length === wanted.length && timingSafeEqual(got, wanted);
}

async function doWork(
  request: IncomingMessage,
  response: ServerResponse,
  { name, services }: { name: keyof DoorWorks; services: Services },
): Promise<void> {
  // Whoever asked may be gone; what was begun is ended all the same.
  response.on("error", () => {});
  const send = (message: DoorMessage) => response.destroyed || response.write(`${JSON.stringify(message)}\n`);
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  response.flushHeaders();
  try {
    const { line, rest: body } = await takeFirstLine(request);
    const work = doorWorks[name] as (asked: object) => Promise<unknown>; // the name and the question belong together
    const question: unknown = JSON.parse(line); // written by the command line's side of this door
    send({
      result: await work({
        services,
        question,
        body,
        onProgress: (progress: unknown) => send({ progress } as DoorMessage),
      }),
    });
  } catch (error) {
    const { name: kind, message } =
      error instanceof Error ? error : { name: "Error", message: String(error) };
    send({ failure: { name: kind, message } });
  } finally {
    response.end();
  }
}
