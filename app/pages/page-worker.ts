import { pages } from "./pages.ts";
import { servePages } from "./serve-pages.ts";

servePages(pages);
