/** A product whose database cases can be read from: our own query over its tables. */
export interface DatabasePreset {
  name: string;
  /** What the screens call the source. */
  title: string;
  /**
   * Gives columns named as our own export names them, and `updated_at`. `$1` is the cursor: rows that changed since
   * then, or all where it is null.
   */
  query: string;
}

/** SQL for a text without its markup, where it is HTML; paragraphs become lines. */
export function withoutMarkup(text: string): string {
  const lines = String.raw`regexp_replace(${text}, '<(?:br|/p|/div|/li|/tr|/h[1-6])[^>]*>', E'\n', 'gi')`;
  const bare = `regexp_replace(${lines}, '<[^>]*>', '', 'g')`;
  return `btrim(${decoded(bare)}, E' \\n\\r\\t')`;
}

/** SQL for a text whose markup characters were written as entities. */
export function decoded(text: string): string {
  const entities = [
    ["&nbsp;", " "],
    ["&lt;", "<"],
    ["&#60;", "<"],
    ["&gt;", ">"],
    ["&#62;", ">"],
    ["&quot;", '"'],
    ["&#39;", "''"],
    ["&#38;", "&"],
    ["&amp;", "&"],
  ];
  return entities.reduce((inner, [entity, sign]) => `replace(${inner}, '${entity}', '${sign}')`, text);
}
