import { hash } from "node:crypto";

/** Namespace of the ids of cases: an own random UUID, so that no other name-based id can be the same. */
const caseNamespace = Buffer.from("a7c4f0d25d0f4b6e9a3e2f1c8d7b6e50", "hex");

/** The same case has the same id on every load, in every database and on every import that runs beside another. */
export function caseIdOf(workspaceId: number, sourceSystem: string, sourceCaseId: string): string {
  return nameBasedUuid(caseNamespace, JSON.stringify([workspaceId, sourceSystem, sourceCaseId]));
}

/**
 * UUID of version 5: SHA-1 over namespace and name (RFC 9562, section 5.5).
 * @param namespace the 16 bytes of its own UUID
 */
export function nameBasedUuid(namespace: Buffer, name: string): string {
  const id = hash("sha1", Buffer.concat([namespace, Buffer.from(name)]), "hex");
  const variant = ((Number.parseInt(id.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${id.slice(0, 8)}-${id.slice(8, 12)}-5${id.slice(13, 16)}-${variant}${id.slice(17, 20)}-${id.slice(20, 32)}`;
}
