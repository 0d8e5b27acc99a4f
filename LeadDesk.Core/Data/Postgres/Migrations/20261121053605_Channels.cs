using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LeadDesk.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Channels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "message_id",
                table: "timeline_entries",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "delivery",
                table: "lead_messages",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "delivery_error",
                table: "lead_messages",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "edited_at",
                table: "lead_messages",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "erased_at",
                table: "lead_messages",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "external_id",
                table: "lead_messages",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "kind",
                table: "lead_messages",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "media",
                table: "lead_messages",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "outgoing",
                table: "lead_messages",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "reply_to_external_id",
                table: "lead_messages",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "attempts",
                table: "inbound_events",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "content_type",
                table: "inbound_events",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "due_at",
                table: "inbound_events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "fetched",
                table: "inbound_events",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "occurred_at",
                table: "inbound_events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "origin",
                table: "inbound_events",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "steps",
                table: "inbound_events",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "channel_connections",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    channel = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    account_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    access_token = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    access_token_end = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    app_secret = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    verify_token = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    region = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    owner_ids = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    verified_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    first_event_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_connections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "form_pulls",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    form_source_id = table.Column<long>(type: "bigint", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    credentials = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    form_ids = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    interval_seconds = table.Column<int>(type: "integer", nullable: false),
                    next_run_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    watermarks = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    last_run_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_form_pulls", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "form_sources",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    region = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    mapping = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    redirect = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    allowed_origins = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    secret = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    access_token = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    owner_ids = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_form_sources", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lead_consents",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    lead_id = table.Column<long>(type: "bigint", nullable: false),
                    inbound_event_id = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    granted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_consents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lead_files",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    lead_id = table.Column<long>(type: "bigint", nullable: false),
                    inbound_event_id = table.Column<long>(type: "bigint", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    content_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mailboxes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    region = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    mapping = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    signing_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    owner_ids = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mailboxes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "meta_connections",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    page_id = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    page_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    form_ids = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    access_token = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    access_token_end = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    token_expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    app_secret = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    verify_token = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    interval_seconds = table.Column<int>(type: "integer", nullable: false),
                    owner_ids = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    mapping = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    region = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    state = table.Column<int>(type: "integer", nullable: false),
                    last_error = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_sync_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    next_run_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_gap_check_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_push_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    conversions_dataset_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    conversions_up_to = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meta_connections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "meta_conversions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    connection_id = table.Column<long>(type: "bigint", nullable: false),
                    timeline_entry_id = table.Column<long>(type: "bigint", nullable: false),
                    lead_id = table.Column<long>(type: "bigint", nullable: false),
                    event_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    event_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meta_conversions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "meta_forms",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    connection_id = table.Column<long>(type: "bigint", nullable: false),
                    form_id = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    questions = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    watermark = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    cursor = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    cursor_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    cursor_newest = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_lead_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meta_forms", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "meta_gap_days",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    connection_id = table.Column<long>(type: "bigint", nullable: false),
                    form_id = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    day = table.Column<int>(type: "integer", nullable: false),
                    at_meta = table.Column<int>(type: "integer", nullable: false),
                    here = table.Column<int>(type: "integer", nullable: false),
                    fetched = table.Column<int>(type: "integer", nullable: false),
                    checked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meta_gap_days", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "meta_runs",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    connection_id = table.Column<long>(type: "bigint", nullable: false),
                    trigger = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    found = table.Column<int>(type: "integer", nullable: false),
                    @new = table.Column<int>(name: "new", type: "integer", nullable: false),
                    joined = table.Column<int>(type: "integer", nullable: false),
                    repeated = table.Column<int>(type: "integer", nullable: false),
                    bad = table.Column<int>(type: "integer", nullable: false),
                    expected = table.Column<int>(type: "integer", nullable: true),
                    network_ms = table.Column<long>(type: "bigint", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meta_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    subject = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    link = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    closed_by_id = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_lead_messages_company_id_channel_external_id",
                table: "lead_messages",
                columns: new[] { "company_id", "channel", "external_id" },
                unique: true,
                filter: "external_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inbound_events_due",
                table: "inbound_events",
                column: "due_at",
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_inbound_events_open",
                table: "inbound_events",
                columns: new[] { "company_id", "state", "id" },
                filter: "state <> 1");

            migrationBuilder.CreateIndex(
                name: "ix_inbound_events_origin",
                table: "inbound_events",
                columns: new[] { "company_id", "source", "origin", "occurred_at" },
                filter: "origin IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_channel_connections_channel_account_id",
                table: "channel_connections",
                columns: new[] { "channel", "account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_channel_connections_company_id_channel",
                table: "channel_connections",
                columns: new[] { "company_id", "channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_form_pulls_form_source_id",
                table: "form_pulls",
                column: "form_source_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_form_sources_company_id",
                table: "form_sources",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_form_sources_key",
                table: "form_sources",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_lead_consents_lead_id",
                table: "lead_consents",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_lead_files_lead_id",
                table: "lead_files",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_mailboxes_company_id",
                table: "mailboxes",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_mailboxes_key",
                table: "mailboxes",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meta_connections_company_id_page_id",
                table: "meta_connections",
                columns: new[] { "company_id", "page_id" });

            migrationBuilder.CreateIndex(
                name: "ix_meta_connections_page_id",
                table: "meta_connections",
                column: "page_id");

            migrationBuilder.CreateIndex(
                name: "ix_meta_conversions_connection_id_timeline_entry_id",
                table: "meta_conversions",
                columns: new[] { "connection_id", "timeline_entry_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meta_conversions_waiting",
                table: "meta_conversions",
                columns: new[] { "connection_id", "id" },
                filter: "sent_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_meta_forms_connection_id_form_id",
                table: "meta_forms",
                columns: new[] { "connection_id", "form_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meta_gap_days_connection_id_form_id_day",
                table: "meta_gap_days",
                columns: new[] { "connection_id", "form_id", "day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meta_runs_connection_id_id",
                table: "meta_runs",
                columns: new[] { "connection_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_company_id_kind_subject",
                table: "notices",
                columns: new[] { "company_id", "kind", "subject" },
                unique: true,
                filter: "closed_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "channel_connections");

            migrationBuilder.DropTable(
                name: "form_pulls");

            migrationBuilder.DropTable(
                name: "form_sources");

            migrationBuilder.DropTable(
                name: "lead_consents");

            migrationBuilder.DropTable(
                name: "lead_files");

            migrationBuilder.DropTable(
                name: "mailboxes");

            migrationBuilder.DropTable(
                name: "meta_connections");

            migrationBuilder.DropTable(
                name: "meta_conversions");

            migrationBuilder.DropTable(
                name: "meta_forms");

            migrationBuilder.DropTable(
                name: "meta_gap_days");

            migrationBuilder.DropTable(
                name: "meta_runs");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropIndex(
                name: "ix_lead_messages_company_id_channel_external_id",
                table: "lead_messages");

            migrationBuilder.DropIndex(
                name: "ix_inbound_events_due",
                table: "inbound_events");

            migrationBuilder.DropIndex(
                name: "ix_inbound_events_open",
                table: "inbound_events");

            migrationBuilder.DropIndex(
                name: "ix_inbound_events_origin",
                table: "inbound_events");

            migrationBuilder.DropColumn(
                name: "message_id",
                table: "timeline_entries");

            migrationBuilder.DropColumn(
                name: "delivery",
                table: "lead_messages");

            migrationBuilder.DropColumn(
                name: "delivery_error",
                table: "lead_messages");

            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "lead_messages");

            migrationBuilder.DropColumn(
                name: "erased_at",
                table: "lead_messages");

            migrationBuilder.DropColumn(
                name: "external_id",
                table: "lead_messages");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "lead_messages");

            migrationBuilder.DropColumn(
                name: "media",
                table: "lead_messages");

            migrationBuilder.DropColumn(
                name: "outgoing",
                table: "lead_messages");

            migrationBuilder.DropColumn(
                name: "reply_to_external_id",
                table: "lead_messages");

            migrationBuilder.DropColumn(
                name: "attempts",
                table: "inbound_events");

            migrationBuilder.DropColumn(
                name: "content_type",
                table: "inbound_events");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "inbound_events");

            migrationBuilder.DropColumn(
                name: "fetched",
                table: "inbound_events");

            migrationBuilder.DropColumn(
                name: "occurred_at",
                table: "inbound_events");

            migrationBuilder.DropColumn(
                name: "origin",
                table: "inbound_events");

            migrationBuilder.DropColumn(
                name: "steps",
                table: "inbound_events");
        }
    }
}
