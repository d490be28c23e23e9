import { isIP } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** What can be set, by environment only. `fixtwice doctor` prints these lines with the value in force. */
export const settingTexts = {
  DATABASE_URL:
    "a PostgreSQL server (postgres://user:password@host:5432/database); empty: the embedded database",
  FIXTWICE_COLUMNS_MB:
    "memory for the columns that figures are computed on, in MB; empty: a quarter of the machine's",
  FIXTWICE_DATA: "directory that holds the embedded database, its lock, and files while they are loaded",
  FIXTWICE_EMBEDDER:
    "folder of a sentence model (model.onnx and its vocabulary) to compare texts by; empty: their words alone",
  HOST: "address that the server listens on; only loopback while there are no accounts",
  PORT: "port that the server listens on",
} as const;

export interface Settings {
  databaseUrl: string | undefined;
  /** Memory for the columns of all workspaces; `undefined`: a quarter of the machine's. */
  columnsMegabytes: number | undefined;
  /** The embedded database's own directory; its lock lies beside it. */
  dataDirectory: string;
  /** Files that were sent to this server, while they are loaded. */
  uploadsDirectory: string;
  /** Folder of the sentence model that runs from nothing use. */
  embedder: string | undefined;
  host: string;
  port: number;
}

/** A setting that cannot be used; the sentence says what was got and what was expected. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const environment = z.object({
  DATABASE_URL: z.string().optional(),
  FIXTWICE_COLUMNS_MB: z
    .string()
    .regex(/^\d{0,7}$/, "expected a whole number of megabytes")
    .optional(),
  FIXTWICE_DATA: z.string().min(1).default(join(projectRoot, "data")),
  FIXTWICE_EMBEDDER: z.string().optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "expected a port number from 0 to 65535")
    .transform(Number)
    .refine((port) => port <= 65_535, "expected a port number from 0 to 65535")
    .default(3000),
});

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    throw new SettingError(`${name} is "${env[name]}": ${issue?.message}.`);
  }
  const { DATABASE_URL, FIXTWICE_COLUMNS_MB, FIXTWICE_DATA, FIXTWICE_EMBEDDER, HOST, PORT } = parsed.data;
  return {
    databaseUrl: DATABASE_URL || undefined,
    columnsMegabytes: FIXTWICE_COLUMNS_MB ? Number(FIXTWICE_COLUMNS_MB) : undefined,
    dataDirectory: join(FIXTWICE_DATA, "database"),
    uploadsDirectory: join(FIXTWICE_DATA, "uploads"),
    embedder: FIXTWICE_EMBEDDER || undefined,
    host: HOST,
    port: PORT,
  };
}

/** Anybody who reaches the server may do everything, so it may be reached from this machine only. */
export function refuseOpenHost(host: string): void {
  if (!isLoopback(host))
    throw new SettingError(
      `HOST is "${host}", which other machines could reach, and this version has no accounts. ` +
        "Expected a loopback address: 127.0.0.1, ::1 or localhost.",
    );
}

export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  return bare === "localhost" || bare === "::1" || (isIP(bare) === 4 && bare.startsWith("127."));
}
