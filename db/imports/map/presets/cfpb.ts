import { names, type Preset, plainPreset, text, time } from "./preset.ts";

/**
 * The CFPB Consumer Complaint Database: the bulk file (18 columns), the export of its API (16: without
 * `Consumer consent provided?` and `Consumer disputed?`), and the API's own names in JSON.
 */
export const cfpb: Preset = {
  ...plainPreset,
  name: "cfpb",
  title: "CFPB Consumer Complaint Database",
  sourceSystem: "cfpb",
  notes: [
    "The source has no resolution date: times to resolve cannot be charted, and outcomes are dated by the day received.",
    "Of the outcomes it tells only that a consumer disputed the answer, and hardly ever that: shares of outcomes cannot be charted, so the remedies are.",
    "The number of complaints a month depends on how the extract was cut: no rise or fall can be read from it.",
    "Complaints that are in progress are loaded as open cases: they count as cases, and are absent from outcomes.",
  ],
  volumeIsArtefact: true,
  outcomesArePartial: true,
  companyAttribute: ["Company", "company"],
  signature: [
    ["Date received"],
    ["Product"],
    ["Issue"],
    ["Company response to consumer", "company_response"],
    ["Complaint ID"],
  ],
  known: names(
    "Sub-product, Sub-issue, Company public response, Company, ZIP code, Tags",
    "Consumer consent provided?, Date sent to company, Timely response?, timely, has_narrative",
  ),
  rules: [
    { field: "source_case_id", columns: ["Complaint ID"], as: "text", digits: true },
    time("received_at", "Date received"),
    text("product", "Product"),
    text("contact_reason", "Issue"),
    text("region", "State"),
    text("channel", "Submitted via"),
    text("narrative", "Consumer complaint narrative, complaint_what_happened"),
    {
      field: "status",
      columns: ["Company response to consumer", "company_response"],
      kept: true,
      as: "words",
      otherwise: "reject",
      values: [
        ["Closed with explanation", "resolved"],
        ["Closed with non-monetary relief", "resolved"],
        ["Closed with monetary relief", "resolved"],
        ["Closed without relief", "resolved"],
        ["Closed with relief", "resolved"],
        ["Closed", "resolved"],
        ["Untimely response", "resolved"],
        ["In progress", "open"],
      ],
    },
    {
      // What the company did, as first fix; the other responses don't say how the complaint was closed.
      field: "remedy_types",
      columns: ["Company response to consumer", "company_response"],
      kept: true,
      as: "words",
      otherwise: { value: null },
      values: [
        ["Closed with explanation", "explanation"],
        ["Closed with non-monetary relief", "correction"],
        ["Closed with monetary relief", "refund"],
        ["Closed without relief", "none"],
      ],
    },
    {
      field: "outcome",
      columns: ["Consumer disputed?"],
      as: "words",
      otherwise: { value: null },
      values: [["Yes", "disputed"]],
    },
  ],
};
