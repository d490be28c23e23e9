import { type DatabasePreset, decoded, withoutMarkup } from "./database-preset.ts";

const plain = (html: string) => withoutMarkup(decoded(html));

/**
 * GLPI, whose own database is MySQL, as copied into PostgreSQL: its times with a zone, or UTC without one. Status 5 is
 * solved, 6 closed; users of type 1 ask, of type 2 handle; a solution of status 4 was refused, which reopens a ticket.
 */
export const glpiLike: DatabasePreset = {
  name: "glpi-like",
  title: "GLPI (its tables in PostgreSQL)",
  query: `
select
  'glpi' as source_system,
  t.id as source_case_id,
  case when t.status in (5, 6) then 'resolved' else 'open' end as status,
  t.date::timestamptz as received_at,
  case when t.takeintoaccount_delay_stat > 0
    then t.date::timestamptz + make_interval(secs => t.takeintoaccount_delay_stat) end as acknowledged_at,
  case when t.status in (5, 6) then t.solvedate::timestamptz end as resolved_at,
  case when t.status = 6 then t.closedate::timestamptz end as closed_at,
  t.name as title,
  ${plain("t.content")} as narrative,
  case when t.status in (5, 6) then ${plain("solution.content")} end as resolution_note,
  category.completename as contact_reason,
  case when t.priority <= 2 then 'low' when t.priority = 3 then 'medium'
    when t.priority = 4 then 'high' when t.priority >= 5 then 'critical' end as severity,
  people.asked as customer_ref,
  people.handled as handled_by_ref,
  nullif(people.handlers, 0) as responder_count,
  refused.times as reopen_count,
  case t.type when 1 then 'Incident' when 2 then 'Request' end as "attribute:Type",
  t.date_mod::timestamptz as updated_at
from glpi_tickets t
left join glpi_itilcategories category on category.id = t.itilcategories_id
left join lateral (
  select
    min(u.users_id) filter (where u.type = 1) as asked,
    min(u.users_id) filter (where u.type = 2) as handled,
    count(distinct u.users_id) filter (where u.type = 2) as handlers
  from glpi_tickets_users u where u.tickets_id = t.id and u.users_id > 0
) people on true
left join lateral (
  select s.content from glpi_itilsolutions s
  where s.itemtype = 'Ticket' and s.items_id = t.id and s.status <> 4
  order by s.id desc limit 1
) solution on true
left join lateral (
  select count(*)::int as times from glpi_itilsolutions s
  where s.itemtype = 'Ticket' and s.items_id = t.id and s.status = 4
) refused on true
where coalesce(t.is_deleted::text, '0') in ('0', 'f', 'false')
  and ($1::timestamptz is null or t.date_mod::timestamptz >= $1::timestamptz)`,
};
