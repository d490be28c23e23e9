import { execFile } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";

const run = promisify(execFile);
const debian = "/usr/lib/postgresql";

/**
 * The server that DATABASE_URL or TEST_DATABASE_URL names; else one of its own from the Debian package, on a free port, which
 * ends with `stop`. PostgreSQL refuses to run as root: then it runs as the user postgres of the package.
 * @throws Error where neither is there
 */
export async function aDatabaseServer(
  directory: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const named = process.env.DATABASE_URL ?? process.env.TEST_DATABASE_URL;
  if (named !== undefined) return { url: named, stop: async () => undefined };
  const [version] = await readdir(debian).catch(() => []);
  if (version === undefined)
    throw new Error(
      "Expected DATABASE_URL, or PostgreSQL from the Debian package (apt-get install postgresql); found neither.",
    );
  const isRoot = process.getuid?.() === 0;
  const as = (command: string, args: readonly string[]) =>
    isRoot ? run("runuser", ["-u", "postgres", "--", command, ...args]) : run(command, args);
  if (isRoot) await run("chown", ["postgres", directory]);
  const bin = join(debian, version, "bin");
  const data = join(directory, "postgresql");
  const port = await aFreePort();
  await as(join(bin, "initdb"), ["-D", data, "-A", "trust", "-U", "postgres"]);
  await as(join(bin, "pg_ctl"), [
    "-D",
    data,
    "-w",
    "-l",
    join(directory, "postgresql.log"),
    "-o",
    `-k ${directory} -h 127.0.0.1 -p ${port}`,
    "start",
  ]);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const client = new Client(url);
  await client.connect();
  await client.end();
  return {
    url,
    stop: async () => {
      await as(join(bin, "pg_ctl"), ["-D", data, "-m", "immediate", "stop"]);
    },
  };
}

/** A port that nobody listens on. */
async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // of a server that listens on a port
  server.close();
  await once(server, "close");
  return port;
}
