import { count, names, type Preset, plainPreset, text, time, words } from "./preset.ts";

/** Zendesk tickets: the list's CSV, Explore's report, and the JSON of the API. Stations are counted from the first holder. */
export const zendesk: Preset = {
  ...plainPreset,
  name: "zendesk",
  title: "Zendesk ticket",
  sourceSystem: "zendesk",
  notes: [
    "The source's satisfaction score is good or bad, not 1 to 5: it is kept as an attribute, and outcomes are unknown.",
  ],
  signature: [
    ["Id"],
    ["Status"],
    ["Created at"],
    ["Updated at"],
    ["Via", "Via.channel"],
    ["Requester", "Requester_id", "Assignee stations", "Ticket type"],
  ],
  known: names(
    "Summation column, Requester id, Requester external id, Requester email, Requester domain",
    "Submitter, Tags, Ticket type, Assigned at, Organization, Due date, Initially assigned at",
    "Resolution time, Satisfaction Score, Group stations, Replies, Assignee_id, Collaborator_ids",
    "First reply time in minutes within business hours, First resolution time in minutes",
    "Full resolution time in minutes within business hours",
    "Requester wait time in minutes within business hours, Url, External_id, Type, Due_at",
    "Custom_fields, Problem_id, Has_incidents, Brand_id, Submitter_id, custom_status_id",
    "follower_ids, from_messaging_channel, generated_timestamp, satisfaction_rating.score",
  ),
  rules: [
    text("source_case_id", "Id"),
    time("received_at", "Created at"),
    time("resolved_at", "Solved at"),
    words("status", "Status"),
    words("severity", "Priority"),
    text("title", "Subject"),
    text("narrative", "Description"),
    text("contact_reason", "Ticket type, Type"),
    text("channel", "Via, Via.channel"),
    text("team", "Group, Group_id"),
    text("handled_by_ref", "Assignee, Assignee_id"),
    text("customer_ref", "Requester id, Requester_id, Requester"),
    { field: "transfer_count", columns: ["Assignee stations"], kept: true, as: "number", plus: -1 },
    count("reopen_count", "Reopens"),
    {
      field: "first_response_at",
      columns: ["First reply time in minutes"],
      kept: true,
      as: "after",
      since: "received_at",
      unit: "minutes",
    },
  ],
};
