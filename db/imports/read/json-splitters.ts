/** Tells, byte by byte, where the elements of a JSON file end. */
export interface Splitter {
  /** True where the element ends before this byte. */
  endsBefore(byte: number): boolean;
  /** True where the byte belongs to an element. */
  takes(byte: number): boolean;
  /** The element that is going on is broken: look for the beginning of another. */
  startAfresh(): void;
}

const [quote, backslash, lineFeed, carriageReturn, comma] = [0x22, 0x5c, 0x0a, 0x0d, 0x2c];
const [openObject, closeObject, openArray, closeArray] = [0x7b, 0x7d, 0x5b, 0x5d];
const [space, tab] = [0x20, 0x09];

export class LineSplitter implements Splitter {
  endsBefore(byte: number): boolean {
    return byte === lineFeed || byte === carriageReturn;
  }

  takes(byte: number): boolean {
    return !this.endsBefore(byte);
  }

  startAfresh(): void {
    // each line is a new beginning
  }
}

/**
 * The elements of the outermost array, or of the first array of objects that is a member of the outermost object. A
 * text that breaks off at the end of its line, which none may do, is broken, and so is what never ends: the next line
 * that begins with { is taken for a new element then.
 */
export class ArraySplitter implements Splitter {
  #depth = 0;
  /** Depth of the array whose elements are wanted, once it is found. */
  #inside: number | null = null;
  #over = false;
  #inText = false;
  #escaped = false;
  #isBroken = false;
  /** Only blanks stand before in this line. */
  #atLineStart = true;
  /** The last byte that is no blank opened an array that may be the wanted one. */
  #mayBegin = false;

  startAfresh(): void {
    this.#isBroken = true;
    this.#inText = false;
  }

  endsBefore(byte: number): boolean {
    if (this.#inside === null || this.#over || this.#inText) return false;
    if (this.#isBroken && this.#atLineStart && byte === openObject) {
      this.#isBroken = false;
      this.#depth = this.#inside;
      return true;
    }
    return this.#depth === this.#inside && (byte === comma || byte === closeArray || byte === closeObject);
  }

  takes(byte: number): boolean {
    if (this.#over) return false;
    this.#atLineStart = byte === lineFeed || (this.#atLineStart && isBlank(byte));
    if (this.#inText) return this.#takesOfText(byte);
    this.#begin(byte);
    const wasInside = this.#inside !== null && this.#depth >= this.#inside;
    if (byte === quote) this.#inText = true;
    else if (byte === openObject || byte === openArray) this.#open(byte);
    else if (byte === closeObject || byte === closeArray) this.#depth--;
    if (this.#inside !== null && this.#depth < this.#inside) this.#over = true;
    return wasInside && !this.#over && !(this.#depth === this.#inside && byte === comma);
  }

  #takesOfText(byte: number): boolean {
    if (byte === lineFeed) this.startAfresh();
    else if (this.#escaped) this.#escaped = false;
    else if (byte === backslash) this.#escaped = true;
    else if (byte === quote) this.#inText = false;
    return this.#inside !== null;
  }

  #open(byte: number): void {
    this.#depth++;
    if (this.#inside !== null || byte !== openArray) return;
    if (this.#depth === 1) this.#inside = 1;
    this.#mayBegin = this.#depth === 2;
  }

  /** An array in the outermost object is the wanted one if it begins with an object. */
  #begin(byte: number): void {
    if (!this.#mayBegin || isBlank(byte)) return;
    this.#mayBegin = false;
    if (byte === openObject) this.#inside = this.#depth;
  }
}

function isBlank(byte: number): boolean {
  return byte === space || byte === tab || byte === lineFeed || byte === carriageReturn;
}
