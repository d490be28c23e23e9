import { count, names, type Preset, plainPreset, text, time } from "./preset.ts";

const closed = ["closed"];

/** Intercom conversations: the export of messages, which is folded to one row a conversation, and the API's JSON. */
export const intercom: Preset = {
  ...plainPreset,
  name: "intercom",
  title: "Intercom conversation",
  sourceSystem: "intercom",
  notes: ["The source tells whether a conversation is closed, and not how it ended: outcomes are unknown."],
  signature: [
    ["conversation_id", "id"],
    ["conversation_created_at", "created_at"],
    ["conversation_state", "state"],
    ["message_id", "statistics.time_to_first_close", "source.body"],
  ],
  known: names(
    "message_type, message_created_at, message_author_type, message_author_user_id",
    "message_author_name, message_author_email, message_author_companies, conversation_tags",
    "app_id, app_name, type, updated_at, open, read, waiting_since, snoozed_until",
    "statistics.time_to_assignment, statistics.time_to_last_close, statistics.median_time_to_reply",
    "statistics.count_conversation_parts",
  ),
  rules: [
    text("source_case_id", "conversation_id, id"),
    utc("received_at", "conversation_created_at, created_at"),
    utc("first_response_at", "conversation_first_response_at, statistics.first_admin_reply_at"),
    utc("resolved_at", "conversation_closed_at, statistics.last_close_at"),
    {
      field: "status",
      columns: ["conversation_state", "state"],
      kept: true,
      as: "words",
      otherwise: "reject",
      values: [
        ["closed", "resolved"],
        ["open", "open"],
        ["snoozed", "open"],
      ],
    },
    text("title", "source.subject"),
    text("narrative", "message_body, source.body"),
    text("contact_reason", "conversation_tags, tags"),
    text("team", "team_assignee_id"),
    text("handled_by_ref", "admin_assignee_id"),
    text("customer_ref", "message_author_id, source.author.id"),
    text("channel", "message_type, source.type"),
    count("reopen_count", "statistics.count_reopens"),
    {
      field: "transfer_count",
      columns: ["statistics.count_assignments"],
      kept: true,
      as: "number",
      plus: -1,
    },
  ],
  events: {
    signature: ["message_id", "conversation_id", "message_created_at"],
    folding: {
      key: "conversation_id",
      time: "message_created_at",
      assignee: null,
      status: null,
      resolvedWords: closed,
      author: "message_author_type",
      customerWords: ["user", "lead", "contact"],
    },
  },
};

/** Its times are UTC, also where they don't say so. */
function utc(field: Parameters<typeof time>[0], ...columns: string[]) {
  return { field, columns: names(...columns), as: "time", timeZone: "UTC" } as const;
}
