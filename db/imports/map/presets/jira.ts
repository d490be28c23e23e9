import { names, type Preset, plainPreset, text, time, words } from "./preset.ts";

/** Jira issues and Service Management requests, as Server, Data Center and Cloud export them to CSV. */
export const jira: Preset = {
  ...plainPreset,
  name: "jira",
  title: "Jira issue",
  sourceSystem: "jira",
  notes: [
    "The source tells how an issue was resolved, and not whether its reporter was satisfied: outcomes are unknown.",
  ],
  signature: [["Issue key"], ["Summary"], ["Status"], ["Created"]],
  known: names(
    "Issue id, Issue Type, Project key, Project name, Project type, Project lead, Project url",
    "Project description, Creator, Updated, Last Viewed, Fix versions, Due date, Due Date, Votes",
    "Labels, Environment, Watchers, Log Work, Original Estimate, Remaining Estimate, Time Spent",
    "Work Ratio, Σ Original Estimate, Σ Remaining Estimate, Σ Time Spent, Security Level",
    "Attachment, Status Category, Parent id, Parent, Resolution, Assignee Id, Reporter Id, Comment",
  ),
  rules: [
    text("source_case_id", "Issue key"),
    time("received_at", "Created"),
    time("resolved_at", "Resolved"),
    words("status", "Status Category, Status"),
    words("severity", "Priority"),
    text("title", "Summary"),
    text("narrative", "Description"),
    text("contact_reason", "Issue Type"),
    text("product", "Components, Component/s, Project name, Project key"),
    text("handled_by_ref", "Assignee Id, Assignee"),
    text("customer_ref", "Reporter Id, Reporter"),
  ],
};
