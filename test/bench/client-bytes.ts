import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { projectRoot } from "#app/settings.ts";
import type { Measurement } from "./measurement.ts";

const assets = join(projectRoot, "build/client/assets");

/** What a browser loads: nothing but the style sheet on plain pages; scripts where a chart is interactive. */
export async function clientBytes(): Promise<Measurement[]> {
  const files = await readdir(assets);
  const kilobytes = async (wanted: (name: string) => boolean) => {
    const sizes = await Promise.all(
      files.filter(wanted).map(async (file) => gzipSync(await readFile(join(assets, file))).byteLength),
    );
    return `${(sizes.reduce((sum, size) => sum + size, 0) / 1000).toFixed(1)} kB gzipped`;
  };
  const isLiveChart = (name: string) => name.startsWith("live-trend");
  return [
    { what: "client: style sheet, every page", value: await kilobytes((name) => name.endsWith(".css")) },
    { what: "client: scripts of plain pages", value: "0 kB (they load none)" },
    {
      what: "client: all scripts but the chart library",
      value: await kilobytes((name) => name.endsWith(".js") && !isLiveChart(name)),
    },
    { what: "client: chart library (overview, cause)", value: await kilobytes(isLiveChart) },
  ];
}
