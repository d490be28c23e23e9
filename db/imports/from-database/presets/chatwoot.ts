import type { DatabasePreset } from "./database-preset.ts";

/**
 * Chatwoot. Its times are UTC without a zone; status 1 is resolved, messages of type 0 come from the customer and of
 * type 1 from an agent. Each resolution is an event: one before the last was followed by a reopening.
 */
export const chatwoot: DatabasePreset = {
  name: "chatwoot",
  title: "Chatwoot (its database)",
  query: `
select
  'chatwoot' as source_system,
  c.account_id || '/' || c.display_id as source_case_id,
  case when c.status = 1 then 'resolved' else 'open' end as status,
  c.created_at at time zone 'UTC' as received_at,
  c.first_reply_created_at at time zone 'UTC' as first_response_at,
  case when c.status = 1 then resolutions.latest at time zone 'UTC' end as resolved_at,
  c.additional_attributes ->> 'mail_subject' as title,
  asked.content as narrative,
  case when c.status = 1 then answer.content end as resolution_note,
  team.name as team,
  replace(i.channel_type, 'Channel::', '') as channel,
  case c.priority when 0 then 'low' when 1 then 'medium' when 2 then 'high' when 3 then 'critical' end as severity,
  c.contact_id as customer_ref,
  c.assignee_id as handled_by_ref,
  case when resolutions.times > 0 then resolutions.times - (c.status = 1)::int end as reopen_count,
  survey.rating as csat_score,
  i.name as "attribute:Inbox",
  c.cached_label_list as "attribute:Labels",
  greatest(c.updated_at, c.last_activity_at, survey.updated_at) at time zone 'UTC' as updated_at
from conversations c
join inboxes i on i.id = c.inbox_id
left join teams team on team.id = c.team_id
left join lateral (
  select string_agg(m.content, E'\\n' order by m.id) as content from messages m
  where m.conversation_id = c.id and m.message_type = 0 and not m.private
) asked on true
left join lateral (
  select m.content from messages m
  where m.conversation_id = c.id and m.message_type = 1 and not m.private
  order by m.id desc limit 1
) answer on true
left join lateral (
  select count(*)::int as times, max(coalesce(e.event_end_time, e.created_at)) as latest from reporting_events e
  where e.conversation_id = c.id and e.name = 'conversation_resolved'
) resolutions on true
left join lateral (
  select r.rating, r.updated_at from csat_survey_responses r
  where r.conversation_id = c.id
  order by r.id desc limit 1
) survey on true
where $1::timestamptz is null
  or greatest(c.updated_at, c.last_activity_at) >= $1::timestamptz at time zone 'UTC'
  or survey.updated_at >= $1::timestamptz at time zone 'UTC'`,
};
