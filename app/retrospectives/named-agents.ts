import type { RetrospectiveContent } from "#db/queries/retrospectives.ts";

/** Shorter references ("7", "AB") stand in too many texts by chance. */
const fewestLetters = 3;

/** All that a retrospective says, as one text. */
export function wordsOf({ title, texts, factors, whys, actions }: RetrospectiveContent): string {
  return [title, ...Object.values(texts), ...factors, ...whys, ...actions].join("\n");
}

/** Which of the agents the text names: the whole reference, not as a part of a longer word; capitals do not matter. */
export function agentsNamed(text: string, agents: readonly string[]): string[] {
  return agents.filter((agent) => {
    if (agent.length < fewestLetters) return false;
    const literal = agent.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    return new RegExp(`(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])`, "iu").test(text);
  });
}
