import { names, outcomesUnknown, type Preset, plainPreset, text, time, words } from "./preset.ts";

/** PagerDuty incidents: the API's JSON, and the report's CSV. */
export const pagerduty: Preset = {
  ...plainPreset,
  name: "pagerduty",
  title: "PagerDuty incident",
  sourceSystem: "pagerduty",
  notes: [outcomesUnknown],
  signature: [
    ["incident_number", "number"],
    ["created_at", "created_on"],
    ["urgency"],
    ["service_name", "service.summary", "escalation_policy_name"],
  ],
  known: names(
    "id, service_id, escalation_policy_id, escalation_policy_name, seconds_to_resolve",
    "auto_resolved, seconds_to_engage, seconds_to_mobilize, engaged_seconds, engaged_user_count",
    "incident_key, alert_counts, assigned_via, assignments, body, acknowledgements",
  ),
  rules: [
    text("source_case_id", "incident_number, number"),
    time("received_at", "created_at, created_on"),
    time("resolved_at", "resolved_at, resolved_on"),
    {
      field: "acknowledged_at",
      columns: ["seconds_to_first_ack"],
      kept: true,
      as: "after",
      since: "received_at",
      unit: "seconds",
    },
    words("status", "status"),
    words("severity", "priority.summary, priority, urgency"),
    text("title", "title, description"),
    text("product", "service_name, service.summary"),
    text("team", "escalation_policy_name, escalation_policy.summary"),
    text("handled_by_ref", "resolved_by_user_name"),
    { field: "escalation_level", columns: ["escalation_count"], as: "number" },
  ],
};

/** Netflix Dispatch: its incidents and cases. */
export const dispatch: Preset = {
  ...plainPreset,
  name: "dispatch",
  title: "Dispatch incident",
  sourceSystem: "dispatch",
  notes: [outcomesUnknown],
  signature: [["name"], ["title"], ["status"], ["reported_at"], ["visibility"]],
  known: names("id, duplicate_id, project_id, created_at, updated_at, summary, resolution_reason"),
  rules: [
    text("source_case_id", "name"),
    time("received_at", "reported_at"),
    time("acknowledged_at", "triage_at"),
    time("escalated_at", "escalated_at"),
    time("resolved_at", "stable_at, closed_at"),
    time("closed_at", "closed_at"),
    words("status", "status"),
    text("title", "title"),
    text("narrative", "description"),
    text("resolution_note", "resolution"),
  ],
};

/** GitLab issues, as the list exports them; its times are UTC. */
export const gitlab: Preset = {
  ...plainPreset,
  name: "gitlab",
  title: "GitLab issue",
  sourceSystem: "gitlab",
  notes: [outcomesUnknown],
  signature: [["Issue ID"], ["URL"], ["Title"], ["State"], ["Created At (UTC)"]],
  known: names(
    "Author, Author Username, Assignee, Confidential, Locked, Due Date, Updated At (UTC)",
    "Milestone, Weight, Time Estimate, Time Spent, Epic ID, Epic Title",
  ),
  rules: [
    text("source_case_id", "URL"),
    { field: "received_at", columns: ["Created At (UTC)"], as: "time", timeZone: "UTC" },
    { field: "resolved_at", columns: ["Closed At (UTC)"], as: "time", timeZone: "UTC" },
    words("status", "State"),
    text("title", "Title"),
    text("narrative", "Description"),
    text("contact_reason", "Labels"),
    text("customer_ref", "Author Username, Author"),
    text("handled_by_ref", "Assignee Username, Assignee"),
  ],
};

/** Comments of patients of the NHS (Friends and Family Test). */
export const nhsFft: Preset = {
  ...plainPreset,
  name: "nhs_fft",
  title: "NHS Friends and Family Test",
  sourceSystem: "nhs_fft",
  notes: [
    "The source is feedback, praise and complaint alike: filter by its sentiment before reading causes of dissatisfaction.",
    "It tells nothing of what was done about a comment: remedies and outcomes are unknown.",
  ],
  signature: [["Comment ID"], ["Date"], ["FFT answer"]],
  known: names("FFT categorical answer, FFT question, Person identifiable info?, Comment sentiment"),
  rules: [
    text("source_case_id", "Comment ID"),
    time("received_at", "Date"),
    text("narrative", "FFT answer"),
    text("team", "Service type 1"),
    text("product", "Service type 2"),
    text("region", "Trust"),
    text("customer_ref", "Respondent ID"),
    text("contact_reason", "FFT question"),
  ],
};
