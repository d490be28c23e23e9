/** What a source may have at most. Each is refused with a sentence, and memory stays bounded while it is found out. */

/** Of a file as it is sent. */
export const maxFileBytes = 2 * 2 ** 30;
/** Of a compressed file when it is unpacked. */
export const maxUnpackedBytes = 2 * 2 ** 30;
/** Unpacked bytes to a packed one: texts of cases pack to a tenth or a twentieth, bombs to a thousandth. */
export const maxUnpackedRatio = 200;
/** Unpacked bytes before the ratio is looked at. */
export const ratioFreeBytes = 10 * 2 ** 20;
/** Of one row as it stands in the file. */
export const maxRowBytes = 2 ** 20;
export const maxColumns = 500;
export const maxHeaderCharacters = 200;
export const maxRows = 5_000_000;
/** Of objects in objects. */
export const maxJsonDepth = 32;
/** Where the header may stand: banners of tools and titles of reports come before it. */
export const maxHeaderLine = 30;
/** Of an event log: one with more is probably folded by a column that is not the case's id. */
export const maxEventsPerCase = 10_000;
