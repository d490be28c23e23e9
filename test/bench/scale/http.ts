import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Measurement, percentiles, timed } from "../measurement.ts";

const child = fileURLToPath(new URL("http-child.ts", import.meta.url));
const users = 8;
const pagesEach = 24;
/** The threads start, are handed the columns, and compile what they run. */
const warmUpEach = 4;

/** Milliseconds, and megabytes of the whole process. */
interface Watched {
  greatestDelay: number;
  laterDelay: number;
  ownProcessor: number;
  rss: number;
}

/**
 * The overview through random filters, asked for by 8 users of a real server, each as soon as it has the page before.
 * A page is one of all requests' own: no two share a filter.
 * @param workspaceName a workspace of the database, as large as is to be measured
 */
export async function measureHttp(databaseUrl: string, workspaceName: string): Promise<Measurement[]> {
  const count = users * (pagesEach + warmUpEach);
  const server = fork(child, [databaseUrl, workspaceName, String(count)]);
  const { url, paths, cases } = await answerOf<{ url: string; paths: string[]; cases: number }>(server);
  const warmUp = users * warmUpEach;
  await askAll(paths.slice(0, warmUp).map((path) => url + path));
  server.send("reset");
  const pages = await askAll(paths.slice(warmUp).map((path) => url + path));
  const times = pages.map(({ milliseconds }) => milliseconds);
  const bytes = pages.reduce((sum, page) => sum + page.bytes, 0) / pages.length;
  server.send("read");
  const { greatestDelay, laterDelay, ownProcessor, rss } = await answerOf<Watched>(server);
  server.send("end");
  await once(server, "exit");
  const of = `${cases} cases, ${users} users`;
  return [
    { what: `overview over HTTP: ${of}`, value: percentiles(times) },
    {
      what: `delay of the server's event loop: ${of}`,
      value: `p99 ${laterDelay.toFixed(1)} ms, greatest ${greatestDelay.toFixed(1)} ms`,
    },
    {
      what: `processor that its own thread takes for a page: ${of}`,
      value: `${(ownProcessor / times.length).toFixed(1)} ms`,
    },
    { what: `a page of that server: ${of}`, value: `${(bytes / 1e3).toFixed(1)} kB` },
    { what: `memory of that server: ${of}`, value: `${Math.round(rss)} MB` },
  ];
}

/** Each user asks for an address of its own, one after the other. Returns how long each took, and what came. */
async function askAll(addresses: readonly string[]): Promise<{ milliseconds: number; bytes: number }[]> {
  const left = [...addresses];
  const pages: { milliseconds: number; bytes: number }[] = [];
  const user = async () => {
    for (let address = left.pop(); address !== undefined; address = left.pop()) {
      const asked = address;
      const { result, milliseconds } = await timed(async () => {
        const response = await fetch(asked);
        return { ok: response.ok, status: response.status, bytes: (await response.arrayBuffer()).byteLength };
      });
      if (!result.ok) throw new Error(`${asked} answered ${result.status}`);
      pages.push({ milliseconds, bytes: result.bytes });
    }
  };
  await Promise.all(Array.from({ length: users }, user));
  return pages;
}

async function answerOf<Answer>(server: ChildProcess): Promise<Answer> {
  const ended = once(server, "exit").then(() => {
    throw new Error("The measured server ended before it answered.");
  });
  const [answer] = await Promise.race([once(server, "message"), ended]);
  return answer as Answer; // what http-child.ts sends
}
