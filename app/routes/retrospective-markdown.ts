import { writeMarkdown } from "#app/retrospectives/write-markdown.ts";
import { findSubject } from "#app/server/retrospective-subject.ts";
import { fixTitles, requestRetrospective } from "#app/server/retrospective-views.ts";
import type { Route } from "./+types/retrospective-markdown.ts";

/** A retrospective as a file that can be read, kept elsewhere, and imported again. */
export async function loader(args: Route.LoaderArgs) {
  const requested = await requestRetrospective(args);
  const { services, snapshot, retrospective } = requested;
  const { workspace } = snapshot;
  const { name: ofName, timeline } = await findSubject(requested, retrospective.of);
  const text = writeMarkdown(retrospective, {
    workspaceName: workspace.name,
    ofName,
    fixTitles: await fixTitles(services.database.db, workspace.id),
    timeline: timeline.map(({ when, what }) => `${when}: ${what}`),
  });
  const origin = workspace.simulated ? "_simulated" : "";
  const name = workspace.name.replaceAll(/[^A-Za-z0-9-]+/g, "-");
  const file = `fixtwice_${name}${origin}_retrospective_${retrospective.id}.md`;
  return new Response(text, {
    headers: {
      "content-type": "text/markdown; charset=utf-8",
      "content-disposition": `attachment; filename="${file}"`,
    },
  });
}
