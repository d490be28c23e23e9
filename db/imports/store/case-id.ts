import { createHash } from "node:crypto";

/** Namespace of the ids of cases: an own random UUID, so that no other name-based id can be the same. */
const caseNamespace = "a7c4f0d2-5d0f-4b6e-9a3e-2f1c8d7b6e50";

/** The same case has the same id on every load, in every database and on every import that runs beside another. */
export function caseIdOf(workspaceId: number, sourceSystem: string, sourceCaseId: string): string {
  return nameBasedUuid(caseNamespace, JSON.stringify([workspaceId, sourceSystem, sourceCaseId]));
}

/** UUID of version 5: SHA-1 over namespace and name (RFC 9562, section 5.5). */
export function nameBasedUuid(namespace: string, name: string): string {
  const hash = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name);
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
