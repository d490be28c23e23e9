import { Client } from "pg";
import { createDatabase } from "#test/support/database.ts";

/** Databases with the tables of other products, as far as they are read, and rows that are made up. */
export const zammadTables = `
  create table groups (id serial primary key, name varchar(160) not null);
  create table users (id serial primary key, login varchar(255) not null);
  create table ticket_state_types (id serial primary key, name varchar(250) not null);
  create table ticket_states (id serial primary key, state_type_id int not null, name varchar(250) not null);
  create table ticket_priorities (id serial primary key, name varchar(250) not null);
  create table ticket_article_types (id serial primary key, name varchar(250) not null);
  create table tickets (
    id serial primary key, group_id int not null, priority_id int not null, state_id int not null,
    number varchar(60) not null, title varchar(250) not null, owner_id int not null, customer_id int not null,
    first_response_at timestamp(3), close_at timestamp(3), create_article_type_id int,
    created_at timestamp(3) not null, updated_at timestamp(3) not null
  );
  create table ticket_articles (
    id serial primary key, ticket_id int not null, type_id int not null, sender_id int not null,
    content_type varchar(20) not null default 'text/plain', body text not null,
    internal boolean not null default false, created_by_id int not null,
    created_at timestamp(3) not null, updated_at timestamp(3) not null
  );
  insert into groups (name) values ('Delivery');
  insert into users (login) values ('-'), ('ines'), ('customer-3');
  insert into ticket_state_types (name) values ('new'), ('open'), ('closed');
  insert into ticket_states (state_type_id, name) values (1, 'new'), (2, 'in work'), (3, 'done');
  insert into ticket_priorities (name) values ('1 low'), ('2 normal'), ('3 high');
  insert into ticket_article_types (name) values ('email');
  insert into tickets values
    (1, 1, 3, 3, '61001', 'Sofa came torn', 2, 3, '2026-03-02 09:00', '2026-03-03 10:00', 1, '2026-03-02 08:00', '2026-03-03 10:00'),
    (2, 1, 2, 2, '61002', '=Lamp flickers', 1, 3, null, null, 1, '2026-03-04 08:00', '2026-03-04 08:00');
  insert into ticket_articles (ticket_id, type_id, sender_id, content_type, body, internal, created_by_id, created_at, updated_at) values
    (1, 1, 2, 'text/html', '<p>The sofa is <b>torn</b> &amp; dirty.</p><p>What now?</p>', false, 3, '2026-03-02 08:00', '2026-03-02 08:00'),
    (1, 1, 3, 'text/plain', 'We got your mail.', false, 1, '2026-03-02 08:01', '2026-03-02 08:01'),
    (1, 1, 1, 'text/plain', 'Looks bad', true, 2, '2026-03-02 08:30', '2026-03-02 08:30'),
    (1, 1, 1, 'text/plain', 'A new one is on its way.', false, 2, '2026-03-02 09:00', '2026-03-02 09:00'),
    (2, 1, 2, 'text/plain', 'It flickers, "all" day;' || chr(10) || 'every day.', false, 3, '2026-03-04 08:00', '2026-03-04 08:00');`;

export const chatwootTables = `
  create table inboxes (id serial primary key, name varchar not null, channel_type varchar);
  create table teams (id bigserial primary key, name varchar not null);
  create table users (id serial primary key, name varchar not null);
  create table contacts (id serial primary key, name varchar);
  create table labels (id bigserial primary key, title varchar);
  create table conversations (
    id serial primary key, account_id int not null, inbox_id int not null, status int not null default 0,
    assignee_id int, created_at timestamp not null, updated_at timestamp not null, contact_id bigint,
    display_id int not null, additional_attributes jsonb default '{}', last_activity_at timestamp not null,
    team_id bigint, first_reply_created_at timestamp, priority int, cached_label_list text
  );
  create table messages (
    id serial primary key, content text, conversation_id int not null, message_type int not null,
    private boolean not null default false, created_at timestamp not null, updated_at timestamp not null
  );
  create table reporting_events (
    id bigserial primary key, name varchar, value double precision, conversation_id int,
    created_at timestamp(6) not null, updated_at timestamp(6) not null, event_end_time timestamp
  );
  create table csat_survey_responses (
    id bigserial primary key, conversation_id bigint not null, rating int not null,
    created_at timestamp(6) not null, updated_at timestamp(6) not null
  );
  insert into inboxes (name, channel_type) values ('Shop page', 'Channel::WebWidget');
  insert into teams (name) values ('north');
  insert into conversations values
    (1, 7, 1, 1, 4, '2026-04-01 10:00', '2026-04-02 12:00', 55, 31, '{"mail_subject": "Chair"}', '2026-04-02 12:00', 1, '2026-04-01 10:05', 3, 'delivery, broken'),
    (2, 7, 1, 3, null, '2026-04-03 10:00', '2026-04-03 10:00', 56, 32, '{}', '2026-04-03 10:00', null, null, null, null);
  insert into messages (content, conversation_id, message_type, private, created_at, updated_at) values
    ('My chair has three legs.', 1, 0, false, '2026-04-01 10:00', '2026-04-01 10:00'),
    ('Hm', 1, 1, true, '2026-04-01 10:01', '2026-04-01 10:01'),
    ('Sorry! A fourth is on its way.', 1, 1, false, '2026-04-01 10:05', '2026-04-01 10:05'),
    ('Still three.', 1, 0, false, '2026-04-02 09:00', '2026-04-02 09:00'),
    ('Hello?', 2, 0, false, '2026-04-03 10:00', '2026-04-03 10:00');
  insert into reporting_events (name, value, conversation_id, created_at, updated_at, event_end_time) values
    ('conversation_resolved', 1, 1, '2026-04-01 11:00', '2026-04-01 11:00', '2026-04-01 11:00'),
    ('first_response', 1, 1, '2026-04-01 10:05', '2026-04-01 10:05', null),
    ('conversation_resolved', 1, 1, '2026-04-02 12:00', '2026-04-02 12:00', '2026-04-02 12:00');
  insert into csat_survey_responses (conversation_id, rating, created_at, updated_at) values (1, 2, '2026-04-02 13:00', '2026-04-02 13:00');`;

export const glpiTables = `
  create table glpi_itilcategories (id int primary key, name text, completename text);
  create table glpi_users (id int primary key, name text);
  create table glpi_tickets (
    id int primary key, name text, date timestamptz, closedate timestamptz, solvedate timestamptz, date_mod timestamptz,
    status int not null default 1, content text, urgency int, impact int, priority int, itilcategories_id int not null default 0,
    type int not null default 1, takeintoaccount_delay_stat int not null default 0, is_deleted smallint not null default 0
  );
  create table glpi_tickets_users (id serial primary key, tickets_id int, users_id int, type int);
  create table glpi_itilsolutions (
    id serial primary key, itemtype text, items_id int, content text, date_creation timestamptz, users_id int, status int
  );
  insert into glpi_itilcategories values (3, 'Printers', 'Hardware > Printers');
  insert into glpi_tickets values
    (11, 'Printer jams', '2026-05-01 08:00Z', '2026-05-03 08:00Z', '2026-05-02 08:00Z', '2026-05-03 08:00Z', 6,
      '&#60;p&#62;It jams &#38; beeps.&#60;/p&#62;', 3, 3, 5, 3, 1, 600, 0),
    (12, 'New screen', '2026-05-04 08:00Z', null, null, '2026-05-04 08:00Z', 2, '<p>Please</p>', 3, 3, 2, 0, 2, 0, 0),
    (13, 'Thrown away', '2026-05-04 08:00Z', null, null, '2026-05-04 08:00Z', 1, '', 3, 3, 2, 0, 2, 0, 1);
  insert into glpi_tickets_users (tickets_id, users_id, type) values (11, 5, 1), (11, 8, 2), (11, 9, 2), (12, 6, 1);
  insert into glpi_itilsolutions (itemtype, items_id, content, users_id, status) values
    ('Ticket', 11, '<p>Turned off and on</p>', 8, 4), ('Ticket', 11, '<p>Roller replaced</p>', 9, 3), ('Problem', 11, 'no', 8, 3);`;

export interface SourceDatabase {
  url: string;
  change(statement: string): Promise<void>;
  drop(): Promise<void>;
}

/** A new database with these tables, on the server that tests may use. */
export async function sourceDatabase(tables: string): Promise<SourceDatabase> {
  const { url, drop } = await createDatabase(process.env.TEST_DATABASE_URL ?? "");
  const change = async (statement: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await change(tables);
  return { url, change, drop };
}
