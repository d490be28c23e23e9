import type { Generated } from "kysely";
import type { Category } from "#analytics/case.ts";
import type { Json } from "./schema.ts";

// The tables of causes: what runs of the cause engine find, and what people say of it.

export interface AnalysisRuns {
  workspace_id: number;
  run_id: number;
  method_id: string;
  seed: number;
  /** `finished`: it is or was published. `proposed`: it waits for a person to accept or discard it. */
  state: "running" | "finished" | "failed" | "cancelled" | "proposed" | "discarded";
  case_count: number;
  failure: string | null;
  /** Before it read the first case: a load that finished later is not in it. */
  started_at: Generated<string>;
  finished_at: string | null;
  /** The run whose causes its clusters were matched to; `null`: there was none, or it is not known any more. */
  base_run_id: number | null;
  published_at: string | null;
}

/** What the machine proposes in one run; `cause_id` is the identity that it was matched to. */
export interface Clusters {
  workspace_id: number;
  run_id: number;
  cluster_id: number;
  cause_id: number;
  size: number;
  basis: "text" | "contact_reason";
  label: string;
  keyphrases: Json<string[]>;
  exemplar_case_id: string;
  category: Category | null;
  category_confidence: number;
  category_reason: string;
  /** As in `causes`; `null` too where an early run did not keep it. */
  stability: number | null;
}

export type CauseState =
  | "open"
  | "under_investigation"
  | "cause_identified"
  | "fix_in_progress"
  | "under_observation"
  | "closed_verified";

export interface Causes {
  workspace_id: number;
  cause_id: number;
  /** The machine's label of the latest run. */
  label: string;
  /** A person's name for it: always wins. */
  name: string | null;
  category: Category | null;
  /** Who said so: a suggestion of the machine is replaced by the next run, a person's word never. */
  category_source: "machine" | "person" | null;
  category_confidence: number | null;
  category_reason: string | null;
  keyphrases: Json<string[]>;
  exemplar_case_id: string | null;
  basis: "text" | "contact_reason";
  /** How surely trials from scratch find it again, 0 to 1, in the latest run; `null`: it rests on the contact reason alone. */
  stability: number | null;
  /** The cause that a person has merged it into: it stands for both wherever causes are read. */
  merged_into: number | null;
  /** A person says that it is no cause: its cases count as without one. */
  set_aside: Generated<boolean>;
  state: Generated<CauseState>;
  substatus: "new" | "ongoing" | "escalating" | "regressed" | null;
  first_run_id: number;
  /** The run in which it vanished; its cases went elsewhere. */
  vanished_run_id: number | null;
}

export interface CaseCauses {
  workspace_id: number;
  run_id: number;
  case_id: string;
  cause_id: number;
  basis: "text" | "contact_reason" | "person";
  similarity: number | null;
  terms: Json<string[]>;
  /** It came after the run, and the cases most like it voted; the next run looks at it itself. */
  voted: Generated<boolean>;
}

/** Cases that a run has seen and found to fit no cause, also those that came after it. */
export interface UnassignedCases {
  workspace_id: number;
  run_id: number;
  case_id: string;
  because: "few_alike" | "nothing_known";
}

/** What assigns cases that come after the current run (analytics/causes/assigner-bytes.ts); one a workspace, up to 17 MB. */
export interface Assigners {
  workspace_id: number;
  run_id: number;
  content: Uint8Array;
}

/** What became of causes in a run: of a split and a merge, cases went from `cause_id` to `other_cause_id`. */
export interface CauseLineage {
  workspace_id: number;
  run_id: number;
  cause_id: number;
  event: "new" | "grown" | "split" | "merged" | "vanished";
  other_cause_id: number;
  share: number;
  /** That it has, gained, gave away or had; `null`: an early run did not keep it. */
  cases: number | null;
}

/** What a person decided about causes: rules that hold in every later run. */
export interface HumanEdits {
  workspace_id: number;
  edit_id: number;
  kind:
    | "rename"
    | "set_category"
    | "merge"
    | "split"
    | "promote"
    | "move"
    | "pin"
    | "contribute"
    | "not_a_cause";
  cause_id: number;
  case_id: string | null;
  detail: Json<Record<string, string | null>>;
  reason: string | null;
  actor: string;
  made_at: Generated<string>;
  undone_at: string | null;
}

/** A sample of cases that people code without knowing what is published of them. */
export interface CodingSamples {
  workspace_id: number;
  /** Also the seed of the draw. */
  sample_id: number;
  /** The run that was published when it was drawn: what the sample tells is about that one. */
  run_id: number;
  /** The causes that a coder could choose from, the largest first, as they were then. */
  codebook: Json<{ causeId: number; name: string }[]>;
  /** How many cases there were to draw from. */
  drawn_from: number;
  actor: string;
  drawn_at: Generated<string>;
}

/** A drawn case, with what was published of it then; nothing later changes that. */
export interface CodingSampleCases {
  workspace_id: number;
  sample_id: number;
  case_id: string;
  /** From 1, in the order in which the cases are coded. */
  place: number;
  cause_id: number | null;
  category: Category | null;
}

/** What one person says of a drawn case. `null`: none of the causes; the category can't be told. */
export interface CaseCodes {
  workspace_id: number;
  sample_id: number;
  case_id: string;
  coder: string;
  cause_id: number | null;
  category: Category | null;
  coded_at: Generated<string>;
}

/**
 * What a person's word on many cases at once says of each. A split of a cause (`human_edits.kind = 'split'`, of which the
 * new cause is the `cause_id`): whether the case belongs to the new one or to the old one. A cause that was made of
 * emerging cases (`promote`): that it belongs to that cause.
 */
export interface SplitCases {
  workspace_id: number;
  edit_id: number;
  case_id: string;
  cause_id: number;
}
