import { standBack } from "#analytics/thread-priority.ts";
import { pages } from "./pages.ts";
import { servePages } from "./serve-pages.ts";

standBack("pages");
servePages(pages);
