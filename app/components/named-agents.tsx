import { listText } from "#app/format.ts";
import { Notice } from "./notice.tsx";

/** A gentle word where a retrospective names people of its cases. It forbids nothing. */
export function NamedAgents({ agents }: { agents: readonly string[] }) {
  if (agents.length === 0) return null;
  return (
    <div className="no-print">
      <Notice kind="warning" title="Does it need the name?">
        The text names {listText(agents.map((agent) => `“${agent}”`))}, who handled a case of this or whose
        work one is about. What made it reasonable can be told without saying who it was.
      </Notice>
    </div>
  );
}
