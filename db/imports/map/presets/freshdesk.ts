import { names, type Preset, plainPreset, text, time } from "./preset.ts";

/** Freshdesk tickets: the CSV with words, and the API's JSON, which has codes for status, priority and source. */
export const freshdesk: Preset = {
  ...plainPreset,
  name: "freshdesk",
  title: "Freshdesk ticket",
  sourceSystem: "freshdesk",
  notes: ["The source tells whether a ticket is closed, and not how it ended: outcomes are unknown."],
  signature: [
    ["Ticket ID", "id"],
    ["Status"],
    ["Priority"],
    ["Source"],
    ["Created time", "created_at"],
    ["Agent", "responder_id"],
  ],
  known: names(
    "Due by Time, due_by, fr_due_by, Last update time, updated_at, Time tracked",
    "Agent interactions, Resolution time (in hrs), Customer interactions, Resolution status",
    "First response status, Tags, Survey results, Association type, requester_id, company_id",
    "custom_fields, fr_escalated, spam, is_escalated, email_config_id, cc_emails",
    "First response time (in hrs)",
  ),
  rules: [
    text("source_case_id", "Ticket ID, id"),
    time("received_at", "Created time, created_at"),
    time("resolved_at", "Resolved time, Closed time, stats.resolved_at"),
    time("closed_at", "Closed time, stats.closed_at"),
    time("first_response_at", "Initial response time, stats.first_responded_at"),
    {
      field: "status",
      columns: ["Status"],
      kept: true,
      as: "words",
      otherwise: "reject",
      values: [
        ...["2", "3", "Open", "Pending", "Waiting on Customer", "Waiting on Third Party"].map(as("open")),
        ...["4", "5", "Resolved", "Closed"].map(as("resolved")),
      ],
    },
    {
      field: "severity",
      columns: ["Priority"],
      kept: true,
      as: "words",
      otherwise: { value: null },
      values: [
        ...["1", "Low"].map(as("low")),
        ...["2", "Medium"].map(as("medium")),
        ...["3", "High"].map(as("high")),
        ...["4", "Urgent"].map(as("critical")),
      ],
    },
    text("title", "Subject"),
    text("narrative", "description_text, Description"),
    text("contact_reason", "Type"),
    text("team", "Group, group_id"),
    text("handled_by_ref", "Agent, responder_id"),
    text("customer_ref", "requester_id, Contact ID, Full name"),
    text("product", "Product, product_id"),
    {
      field: "channel",
      columns: ["Source"],
      kept: true,
      as: "words",
      otherwise: "same",
      values: [
        ["1", "Email"],
        ["2", "Portal"],
        ["3", "Phone"],
        ["7", "Chat"],
        ["9", "Feedback widget"],
        ["10", "Outbound email"],
      ],
    },
  ],
};

function as(ours: string): (theirs: string) => readonly [string, string] {
  return (theirs) => [theirs, ours];
}
