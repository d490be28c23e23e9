import { runLouvain } from "./louvain-runs.ts";
import { descend, growTrees, searchCells } from "./neighbours/search-jobs.ts";
import { multiplyRows } from "./products/multiply-rows.ts";
import { projectRows } from "./products/project-rows.ts";

/** What several threads may do together, by the name under which one asks the others for it. */
export const jobs = { multiplyRows, projectRows, growTrees, searchCells, descend, runLouvain };
export type Jobs = typeof jobs;
