#!/usr/bin/env node
// Runs the TypeScript command line under the Node that this project pins (package.json, optionalDependencies):
// a machine's own Node may be older than React Router allows. The sources run as they are, by type stripping.
import { spawn } from "node:child_process";
import * as nodeModule from "node:module"; // an older Node has no enableCompileCache
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

// React and the router choose their slow development builds where this is not said. It must stand before any import.
if (!process.argv.includes("--dev")) process.env.NODE_ENV ??= "production";

// Freed WebAssembly code may crash a process of several threads (nodejs/node#64500), and both the embedded database and
// Node's own type stripping are WebAssembly: so it is kept until its module goes.
const v8Flags = ["--no-wasm-code-gc"];
const oldestNode = [22, 22];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split(".").map(Number);
const recentEnough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
const [script, args] =
  process.argv[2] === "--run"
    ? [join(process.cwd(), process.argv[3]), process.argv.slice(4)]
    : [join(root, "app/cli/main.ts"), process.argv.slice(2)];

// What was compiled once (types stripped, too) is kept: half a second less for each command and each worker thread.
// Not in node_modules: it is written as a process ends, and an `npm ci` just begun would find its folder not empty.
process.env.NODE_COMPILE_CACHE ??= join(root, "build/compiled");

if (recentEnough) {
  nodeModule.enableCompileCache();
  for (const flag of v8Flags) setFlagsFromString(flag);
  process.argv.splice(1, process.argv.length - 1, script, ...args);
  await import(script);
} else {
  const node = pinnedNode();
  if (node === undefined) {
    console.error(
      `Fix It Twice needs Node ${oldestNode.join(".")} or newer; this is Node ${process.versions.node}. ` +
        "On Linux `npm ci` installs the right one beside the project; elsewhere install it yourself.",
    );
    process.exit(69);
  }
  // The IPC channel ties the child's life to ours: killed with -9, we close it, and the child ends itself.
  const child = spawn(node, [...v8Flags, script, ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (signal === "SIGINT" ? 2 : 15)));
}

function pinnedNode() {
  const require = nodeModule.createRequire(import.meta.url);
  try {
    const manifest = require.resolve(`node-${process.platform}-${process.arch}/package.json`);
    return join(dirname(manifest), "bin/node");
  } catch {
    return undefined;
  }
}
