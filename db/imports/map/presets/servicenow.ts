import { count, names, type Preset, plainPreset, text, time } from "./preset.ts";

const resolvedStates = ["Resolved", "Closed", "Canceled", "Cancelled", "6", "7", "8"];

/** ServiceNow incidents: the table (one row an incident), and the log of its updates, which is folded. */
export const servicenow: Preset = {
  ...plainPreset,
  name: "servicenow",
  title: "ServiceNow incident",
  sourceSystem: "servicenow",
  notes: [
    "The source tells whether an incident is closed, and not whether its customer was satisfied: outcomes are unknown.",
  ],
  signature: [["number"], ["opened_at"], ["incident_state", "state"], ["assignment_group", "assigned_to"]],
  known: names(
    "active, sys_mod_count, made_sla, opened_by, sys_created_by, sys_created_at, sys_created_on",
    "sys_updated_by, sys_updated_at, sys_updated_on, subcategory, u_symptom, cmdb_ci, impact",
    "urgency, knowledge, u_priority_confirmation, notify, problem_id, rfc, vendor, caused_by",
    "closed_code, close_code, resolved_by, sys_id, cause, severity, business_service",
  ),
  nulls: ["?"],
  rules: [
    text("source_case_id", "number"),
    time("received_at", "opened_at"),
    time("resolved_at", "resolved_at"),
    time("resolved_at", "closed_at"), // of incidents that were closed without being resolved first
    time("closed_at", "closed_at"),
    {
      field: "status",
      columns: ["incident_state", "state"],
      kept: true,
      as: "words",
      otherwise: "reject",
      values: [
        ...resolvedStates.map((state) => [state, "resolved"] as const),
        ...["New", "Active", "In Progress", "On Hold", "Awaiting User Info", "Awaiting Problem"].map(open),
        ...["Awaiting Vendor", "Awaiting Evidence", "Awaiting Caller", "1", "2", "3", "4", "5", "-100"].map(
          open,
        ),
      ],
    },
    {
      field: "severity",
      columns: ["priority"],
      kept: true,
      as: "words",
      otherwise: { value: null },
      values: [
        ...["1", "1 - Critical", "Critical"].map((word) => [word, "critical"] as const),
        ...["2", "2 - High", "High"].map((word) => [word, "high"] as const),
        ...["3", "3 - Moderate", "Moderate"].map((word) => [word, "medium"] as const),
        ...["4", "4 - Low", "Low", "5", "5 - Planning", "Planning"].map((word) => [word, "low"] as const),
      ],
    },
    count("transfer_count", "reassignment_count"),
    count("reopen_count", "reopen_count"),
    text("title", "short_description"),
    text("narrative", "description"),
    text("resolution_note", "close_notes"),
    text("contact_reason", "category"),
    text("team", "assignment_group"),
    text("handled_by_ref", "assigned_to"),
    text("customer_ref", "caller_id"),
    text("channel", "contact_type"),
    text("region", "location"),
    text("product", "cmdb_ci, business_service"),
  ],
  events: {
    signature: ["number", "sys_mod_count", "sys_updated_at"],
    folding: {
      key: "number",
      time: "sys_updated_at",
      assignee: "assignment_group",
      status: "incident_state",
      resolvedWords: resolvedStates,
      author: null,
      customerWords: [],
    },
  },
};

function open(state: string): readonly [string, string] {
  return [state, "open"];
}
