import { type DatabasePreset, withoutMarkup } from "./database-preset.ts";

const body = (article: string) =>
  `case when ${article}.content_type ilike '%html%' then ${withoutMarkup(`${article}.body`)} else ${article}.body end`;

/**
 * Zammad. Its times are UTC without a zone. The first public article is what the customer said; the last public one
 * that neither the customer nor the system (user 1) wrote is what was done. User 1 owns what nobody owns.
 */
export const zammad: DatabasePreset = {
  name: "zammad",
  title: "Zammad (its database)",
  query: `
select
  'zammad' as source_system,
  t.number as source_case_id,
  case when st.name in ('closed', 'merged', 'removed') then 'resolved' else 'open' end as status,
  t.created_at at time zone 'UTC' as received_at,
  t.first_response_at at time zone 'UTC' as first_response_at,
  case when st.name in ('closed', 'merged', 'removed') then t.close_at at time zone 'UTC' end as resolved_at,
  t.title,
  ${body("first")} as narrative,
  case when st.name in ('closed', 'merged', 'removed') then ${body("answer")} end as resolution_note,
  g.name as team,
  kind.name as channel,
  case
    when p.name ilike '%low%' then 'low'
    when p.name ilike '%normal%' then 'medium'
    when p.name ilike '%high%' then 'high'
  end as severity,
  t.customer_id as customer_ref,
  nullif(t.owner_id, 1) as handled_by_ref,
  s.name as "attribute:State",
  p.name as "attribute:Priority",
  t.updated_at at time zone 'UTC' as updated_at
from tickets t
join ticket_states s on s.id = t.state_id
join ticket_state_types st on st.id = s.state_type_id
join ticket_priorities p on p.id = t.priority_id
join groups g on g.id = t.group_id
left join ticket_article_types kind on kind.id = t.create_article_type_id
left join lateral (
  select a.body, a.content_type from ticket_articles a
  where a.ticket_id = t.id and not a.internal
  order by a.id limit 1
) first on true
left join lateral (
  select a.body, a.content_type from ticket_articles a
  where a.ticket_id = t.id and not a.internal and a.created_by_id not in (1, t.customer_id)
  order by a.id desc limit 1
) answer on true
where $1::timestamptz is null or t.updated_at >= $1::timestamptz at time zone 'UTC'`,
};
