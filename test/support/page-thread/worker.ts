import { servePages } from "#app/pages/serve-pages.ts";
import { testPages } from "./test-pages.ts";

servePages(testPages);
