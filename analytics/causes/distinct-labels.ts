/**
 * The first two keyphrases of each cluster. Where that would name two clusters alike, the later one takes a third, and
 * at last a number.
 */
export function distinctLabels(phrases: readonly (readonly string[])[]): string[] {
  const used = new Set<string>();
  return phrases.map((listed) => {
    const candidates = [2, 3, 4, 5].map((count) => listed.slice(0, count).join(", ") || "without words");
    const [first = "without words"] = candidates;
    let label = candidates.find((candidate) => !used.has(candidate)) ?? first;
    for (let number = 2; used.has(label); number++) label = `${first} (${number})`;
    used.add(label);
    return label;
  });
}
