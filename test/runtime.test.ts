import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

it("runs under the Node that the package pins, where npm has one for this machine", () => {
  const pinned = manifest.optionalDependencies[`node-${process.platform}-${process.arch}`];
  if (pinned === undefined) expect(Number(process.versions.node.split(".")[0])).toBeGreaterThanOrEqual(22);
  else expect(process.versions.node).toBe(pinned);
});

it("pins every dependency exactly", () => {
  const versions = Object.entries<string>({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

it("keeps its dependencies at or above the versions that mended known holes", () => {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const floors: [string, string][] = [
    ["react-router", "8.3.0"],
    ["kysely", "0.28.17"],
    ["vite", "8.0.16"],
    ["vitest", "3.2.5"],
  ];
  for (const [name, floor] of floors) {
    const version = lock.packages[`node_modules/${name}`].version;
    expect(
      version.localeCompare(floor, "en", { numeric: true }),
      `${name} ${version} < ${floor}`,
    ).toBeGreaterThanOrEqual(0);
  }
});

it("has nothing at its top level but what the house lists", () => {
  const listed = ["app", "db", "analytics", "public", "test", "docs", "bin"];
  for (const folder of listed) expect(existsSync(join(root, folder)), folder).toBe(true);
});
