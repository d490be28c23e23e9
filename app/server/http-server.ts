import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createRequestListener } from "@react-router/node";
import { RouterContextProvider, type ServerBuild } from "react-router";
import sirv from "sirv";
import { isLoopback, projectRoot, SettingError } from "#app/settings.ts";
import { handleCommandLine } from "./command-line-door.ts";
import type { Services } from "./services.ts";

export interface RunningServer {
  url: string;
  /** The secret by which this machine's own command line is known. */
  token: string;
  /** Takes no more requests, finishes those under way, ends background work where it can go on later. */
  close(): Promise<void>;
}

export interface ServerOptions {
  host: string;
  port: number;
  development: boolean;
}

const millisecondsToFinish = 10_000;

/** Pages, static files and the command line's door on one loopback address. */
export async function startServer(services: Services, options: ServerOptions): Promise<RunningServer> {
  const token = randomBytes(32).toString("hex");
  const application = options.development
    ? await developmentListener(services)
    : await builtListener(services);
  const server = createServer((request, response) => {
    if (!isForUs(request)) return refuse(response);
    if (handleCommandLine(request, response, { services, token })) return;
    application(request, response);
  });
  const url = await listen(server, options);
  return {
    url,
    token,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), millisecondsToFinish).unref();
      await closed;
      await services.imports.stop();
      await services.analysis.stop();
      await services.pages.stop();
    },
  };
}

async function builtListener(services: Services): Promise<RequestListener> {
  const entry = join(projectRoot, "build/server/index.js");
  if (!existsSync(entry)) throw new SettingError("The pages are not built. Run `npm run build` first.");
  const build: ServerBuild = await import(entry);
  const files = sirv(join(projectRoot, "build/client"), {
    dev: true, // looks a file up at each request: one that a new build took away is a 404, not the end of the process
    etag: true,
    setHeaders: (response, path) => {
      response.setHeader("x-content-type-options", "nosniff");
      if (path.startsWith("/assets/"))
        response.setHeader("cache-control", "public, max-age=31536000, immutable");
    },
  });
  const pages = createRequestListener({ build, getLoadContext: () => contextOf(build, services) });
  return (request, response) => files(request, response, () => pages(request, response));
}

async function developmentListener(services: Services): Promise<RequestListener> {
  const vite = await import("vite");
  const server = await vite.createServer({
    configFile: join(projectRoot, ".config/vite.ts"),
    root: projectRoot,
    server: { middlewareMode: true },
  });
  const load = async () => (await server.ssrLoadModule("virtual:react-router/server-build")) as ServerBuild; // by Vite's contract
  return (request, response) =>
    server.middlewares(request, response, () => {
      void load().then((build) =>
        createRequestListener({
          build,
          mode: "development",
          getLoadContext: () => contextOf(build, services),
        })(request, response),
      );
    });
}

/** The bundle has its own copy of our modules, so the context's key is taken from there. */
function contextOf(build: ServerBuild, services: Services): RouterContextProvider {
  const entry = build.entry.module as unknown as typeof import("#app/entry.server.tsx"); // it is this file, bundled
  const context = new RouterContextProvider();
  context.set(entry.servicesContext, services);
  return context;
}

/** A page of another site could name its own host for our address (DNS rebinding): only loopback names are served. */
function isForUs(request: IncomingMessage): boolean {
  const host = request.headers.host ?? "";
  return isLoopback(host.replace(/:\d+$/, ""));
}

function refuse(response: ServerResponse): void {
  response.writeHead(421, { "content-type": "text/plain; charset=utf-8" });
  response.end(
    "This server answers to its own machine only: open it at http://127.0.0.1 or http://localhost.\n",
  );
}

function listen(server: Server, { host, port }: ServerOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? portInUse(port, error) : error),
    );
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo; // a TCP server has one
      resolve(
        `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`,
      );
    });
  });
}

function portInUse(port: number, cause: Error): Error {
  const error = new Error(`Port ${port} is in use by another program. Set PORT to a free one.`, { cause });
  error.name = "SettingError";
  return error;
}
