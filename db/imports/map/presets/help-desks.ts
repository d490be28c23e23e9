import { count, names, outcomesUnknown, type Preset, plainPreset, text, time, words } from "./preset.ts";

/** osTicket's list of tickets; its delimiter is chosen at the export. */
export const osticket: Preset = {
  ...plainPreset,
  name: "osticket",
  title: "osTicket ticket",
  sourceSystem: "osticket",
  notes: [outcomesUnknown],
  signature: [["Ticket Number"], ["Date Created"], ["Help Topic", "Department"], ["Current Status"]],
  known: names(
    "From, Last Updated, SLA Due Date, SLA Plan, Due Date, Overdue, Merged, Linked, Answered",
    "Thread Count, Attachment Count, Task Count, Department",
  ),
  rules: [
    text("source_case_id", "Ticket Number"),
    time("received_at", "Date Created"),
    time("resolved_at", "Closed Date"),
    words("status", "Current Status"),
    words("severity", "Priority"),
    text("title", "Subject"),
    text("contact_reason", "Help Topic"),
    text("team", "Team Assigned, Department"),
    text("handled_by_ref", "Agent Assigned"),
    text("customer_ref", "From Email, From"),
    text("channel", "Source"),
    count("reopen_count", "Reopen Count"),
  ],
};

/** iTop's tickets and incidents, by the names of its data model. */
export const itop: Preset = {
  ...plainPreset,
  name: "itop",
  title: "iTop ticket",
  sourceSystem: "itop",
  notes: [outcomesUnknown],
  signature: [["ref"], ["start_date"], ["status", "operational_status"], ["team_name", "team_id"]],
  known: names(
    "org_id, org_name, caller_id, team_id, agent_id, last_update, private_log, impact, urgency",
    "servicesubcategory_name, escalation_flag, tto, ttr, sla_tto_passed, sla_ttr_passed",
    "time_spent, resolution_code, pending_reason, parent_problem_ref, parent_change_ref",
    "user_satisfaction, user_comment, operational_status",
  ),
  rules: [
    text("source_case_id", "ref"),
    time("received_at", "start_date"),
    time("acknowledged_at", "assignment_date"),
    time("resolved_at", "resolution_date, end_date"),
    time("closed_at", "close_date"),
    words("status", "status, operational_status"),
    {
      field: "severity",
      columns: ["priority"],
      kept: true,
      as: "words",
      otherwise: { value: null },
      values: [
        ["1", "critical"],
        ["2", "high"],
        ["3", "medium"],
        ["4", "low"],
      ],
    },
    text("title", "title"),
    text("narrative", "description"),
    text("resolution_note", "solution"),
    text("contact_reason", "servicesubcategory_name"),
    text("product", "service_name"),
    text("team", "team_name"),
    text("handled_by_ref", "agent_name"),
    text("customer_ref", "caller_name"),
    text("channel", "origin"),
  ],
};

/** Salesforce cases, by the names of the object. */
export const salesforce: Preset = {
  ...plainPreset,
  name: "salesforce",
  title: "Salesforce case",
  sourceSystem: "salesforce",
  notes: [outcomesUnknown],
  signature: [
    ["CaseNumber", "Case Number"],
    ["CreatedDate", "Created Date", "Date/Time Opened"],
    ["Status"],
    ["Origin", "Case Origin"],
  ],
  known: names("Id, Type, IsClosed, IsEscalated, ParentId, ContactId, LastModifiedDate, AccountId"),
  rules: [
    text("source_case_id", "CaseNumber, Case Number"),
    time("received_at", "CreatedDate, Created Date, Date/Time Opened"),
    time("resolved_at", "ClosedDate, Closed Date, Date/Time Closed"),
    words("status", "Status"),
    words("severity", "Priority"),
    text("title", "Subject"),
    text("narrative", "Description"),
    text("contact_reason", "Reason, Case Reason, Type"),
    text("handled_by_ref", "OwnerId, Owner, Case Owner"),
    text("customer_ref", "ContactId, AccountId, Contact Name"),
    text("channel", "Origin, Case Origin"),
    text("product", "Product, ProductId"),
  ],
};
