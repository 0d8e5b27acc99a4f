using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.Data.Sqlite.Migrations
{
    // AUTOINCREMENT was taken out as in Initial.
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_stages_company_id_name",
                table: "stages");

            migrationBuilder.DropIndex(
                name: "ix_leads_channel",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_grade",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_newest",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_owner",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_stage",
                table: "leads");

            migrationBuilder.AddColumn<string>(
                name: "details",
                table: "timeline_entries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "allowed_moves",
                table: "stages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "colour",
                table: "stages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "pipeline_id",
                table: "stages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "required_fields",
                table: "stages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "stale_days",
                table: "stages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "decided_by_id",
                table: "possible_duplicates",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "explanation",
                table: "possible_duplicates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "score",
                table: "possible_duplicates",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "state",
                table: "possible_duplicates",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "import_id",
                table: "leads",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "lost_reason_id",
                table: "leads",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "next_follow_up_at",
                table: "leads",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "score_by_hand",
                table: "leads",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "score_by_hand_at",
                table: "leads",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "score_by_hand_because",
                table: "leads",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "score_by_hand_by_id",
                table: "leads",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "value",
                table: "leads",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "currency",
                table: "companies",
                type: "TEXT",
                nullable: false,
                defaultValue: "USD");

            migrationBuilder.CreateTable(
                name: "bulk_changes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    request = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    total = table.Column<int>(type: "INTEGER", nullable: false),
                    changed = table.Column<int>(type: "INTEGER", nullable: false),
                    skipped = table.Column<int>(type: "INTEGER", nullable: false),
                    restored = table.Column<int>(type: "INTEGER", nullable: false),
                    not_restored = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cancel_asked = table.Column<bool>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_changes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "bulk_items",
                columns: table => new
                {
                    bulk_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    before = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_items", x => new { x.bulk_id, x.lead_id });
                });

            migrationBuilder.CreateTable(
                name: "custom_fields",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    type = table.Column<int>(type: "INTEGER", nullable: false),
                    options = table.Column<string>(type: "TEXT", nullable: true),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    archived_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_custom_fields", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "duplicate_scans",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    threshold = table.Column<int>(type: "INTEGER", nullable: false),
                    leads = table.Column<int>(type: "INTEGER", nullable: false),
                    done = table.Column<int>(type: "INTEGER", nullable: false),
                    pairs = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cancel_asked = table.Column<bool>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duplicate_scans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "export_marks",
                columns: table => new
                {
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_export_marks", x => x.lead_id);
                });

            migrationBuilder.CreateTable(
                name: "follow_ups",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    created_by_id = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_by_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_follow_ups", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "import_chunks",
                columns: table => new
                {
                    import_id = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_chunks", x => new { x.import_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "import_mappings",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    header_key = table.Column<string>(type: "TEXT", nullable: false),
                    mapping = table.Column<string>(type: "TEXT", nullable: false),
                    saved_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_mappings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "import_rows",
                columns: table => new
                {
                    import_id = table.Column<long>(type: "INTEGER", nullable: false),
                    row_number = table.Column<int>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    lead_id = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    cells = table.Column<string>(type: "TEXT", nullable: true),
                    before = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_rows", x => new { x.import_id, x.row_number });
                });

            migrationBuilder.CreateTable(
                name: "lead_facets",
                columns: table => new
                {
                    facet = table.Column<int>(type: "INTEGER", nullable: false),
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_facets", x => new { x.lead_id, x.facet });
                });

            migrationBuilder.CreateTable(
                name: "lead_field_values",
                columns: table => new
                {
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    field_id = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: true),
                    key = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_field_values", x => new { x.lead_id, x.field_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "lead_helpers",
                columns: table => new
                {
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_helpers", x => new { x.lead_id, x.user_id });
                });

            migrationBuilder.CreateTable(
                name: "lead_imports",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    format = table.Column<string>(type: "TEXT", nullable: true),
                    mapping = table.Column<string>(type: "TEXT", nullable: true),
                    dry_run = table.Column<string>(type: "TEXT", nullable: true),
                    rows = table.Column<int>(type: "INTEGER", nullable: false),
                    done = table.Column<int>(type: "INTEGER", nullable: false),
                    added = table.Column<int>(type: "INTEGER", nullable: false),
                    updated = table.Column<int>(type: "INTEGER", nullable: false),
                    joined = table.Column<int>(type: "INTEGER", nullable: false),
                    skipped = table.Column<int>(type: "INTEGER", nullable: false),
                    rejected = table.Column<int>(type: "INTEGER", nullable: false),
                    restored = table.Column<int>(type: "INTEGER", nullable: false),
                    not_restored = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reverted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cancel_asked = table.Column<bool>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_imports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lead_merges",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    before = table.Column<string>(type: "TEXT", nullable: false),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true),
                    undone_by_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_merges", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lead_shares",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    token_hash = table.Column<string>(type: "TEXT", nullable: false),
                    created_by_id = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    with_contact = table.Column<bool>(type: "INTEGER", nullable: false),
                    views = table.Column<int>(type: "INTEGER", nullable: false),
                    last_viewed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_shares", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lead_tags",
                columns: table => new
                {
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    tag_id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_tags", x => new { x.lead_id, x.tag_id });
                });

            migrationBuilder.CreateTable(
                name: "lost_reasons",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    archived_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lost_reasons", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "merged_leads",
                columns: table => new
                {
                    merge_id = table.Column<long>(type: "INTEGER", nullable: false),
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merged_leads", x => new { x.merge_id, x.lead_id });
                });

            migrationBuilder.CreateTable(
                name: "pipelines",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pipelines", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "saved_views",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    shared = table.Column<bool>(type: "INTEGER", nullable: false),
                    pinned = table.Column<bool>(type: "INTEGER", nullable: false),
                    query = table.Column<string>(type: "TEXT", nullable: false),
                    columns = table.Column<string>(type: "TEXT", nullable: true),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_views", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tags",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    colour = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tags", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "undo_entries",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    subject_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_undo_entries", x => x.token_hash);
                });

            migrationBuilder.CreateTable(
                name: "user_notices",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor_id = table.Column<long>(type: "INTEGER", nullable: true),
                    lead_id = table.Column<long>(type: "INTEGER", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    link = table.Column<string>(type: "TEXT", nullable: true),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "user_preferences",
                columns: table => new
                {
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_preferences", x => new { x.company_id, x.user_id, x.key });
                });

            migrationBuilder.CreateIndex(
                name: "ix_stages_company_id_pipeline_id_name",
                table: "stages",
                columns: new[] { "company_id", "pipeline_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_possible_duplicates_other",
                table: "possible_duplicates",
                columns: new[] { "company_id", "other_lead_id" });

            migrationBuilder.CreateIndex(
                name: "ix_possible_duplicates_score",
                table: "possible_duplicates",
                columns: new[] { "company_id", "state", "score" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_channel",
                table: "leads",
                columns: new[] { "company_id", "channel", "created_at", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_follow_up",
                table: "leads",
                columns: new[] { "company_id", "next_follow_up_at", "id" },
                filter: "deleted_at IS NULL AND next_follow_up_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_grade",
                table: "leads",
                columns: new[] { "company_id", "grade", "created_at", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_import",
                table: "leads",
                columns: new[] { "company_id", "import_id", "id" },
                filter: "import_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_newest",
                table: "leads",
                columns: new[] { "company_id", "created_at", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_owner",
                table: "leads",
                columns: new[] { "company_id", "owner_id", "created_at", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_stage",
                table: "leads",
                columns: new[] { "company_id", "stage_id", "created_at", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_value",
                table: "leads",
                columns: new[] { "company_id", "value", "id" },
                filter: "deleted_at IS NULL AND value IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bulk_changes_company_id_id",
                table: "bulk_changes",
                columns: new[] { "company_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bulk_items_bulk_id_state_lead_id",
                table: "bulk_items",
                columns: new[] { "bulk_id", "state", "lead_id" });

            migrationBuilder.CreateIndex(
                name: "ix_custom_fields_company_id_key",
                table: "custom_fields",
                columns: new[] { "company_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_duplicate_scans_company_id_id",
                table: "duplicate_scans",
                columns: new[] { "company_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_follow_ups_lead_id",
                table: "follow_ups",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_follow_ups_open",
                table: "follow_ups",
                columns: new[] { "company_id", "user_id", "due_at", "id" },
                filter: "done_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_import_mappings_company_id_header_key",
                table: "import_mappings",
                columns: new[] { "company_id", "header_key" });

            migrationBuilder.CreateIndex(
                name: "ix_import_rows_import_id_state_row_number",
                table: "import_rows",
                columns: new[] { "import_id", "state", "row_number" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_facets_company_id_facet_key_lead_id",
                table: "lead_facets",
                columns: new[] { "company_id", "facet", "key", "lead_id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_field_values_key",
                table: "lead_field_values",
                columns: new[] { "company_id", "field_id", "key", "lead_id" },
                filter: "key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_field_values_number",
                table: "lead_field_values",
                columns: new[] { "company_id", "field_id", "number", "lead_id" },
                filter: "number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_helpers_company_id_user_id_lead_id",
                table: "lead_helpers",
                columns: new[] { "company_id", "user_id", "lead_id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_imports_company_id_id",
                table: "lead_imports",
                columns: new[] { "company_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_merges_company_id_lead_id",
                table: "lead_merges",
                columns: new[] { "company_id", "lead_id" });

            migrationBuilder.CreateIndex(
                name: "ix_lead_shares_lead_id",
                table: "lead_shares",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_lead_shares_token_hash",
                table: "lead_shares",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_lead_tags_company_id_tag_id_lead_id",
                table: "lead_tags",
                columns: new[] { "company_id", "tag_id", "lead_id" });

            migrationBuilder.CreateIndex(
                name: "ix_lost_reasons_company_id",
                table: "lost_reasons",
                column: "company_id");

            migrationBuilder.CreateIndex(
                name: "ix_merged_leads_lead_id",
                table: "merged_leads",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_pipelines_company_id_name",
                table: "pipelines",
                columns: new[] { "company_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_saved_views_company_id_user_id",
                table: "saved_views",
                columns: new[] { "company_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_tags_company_id_name_key",
                table: "tags",
                columns: new[] { "company_id", "name_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_undo_entries_expires_at",
                table: "undo_entries",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_user_notices_company_id_user_id_id",
                table: "user_notices",
                columns: new[] { "company_id", "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_user_notices_unread",
                table: "user_notices",
                columns: new[] { "company_id", "user_id" },
                filter: "read_at IS NULL");

            // The indexer notes the rarer facts of the leads that are here already.
            migrationBuilder.Sql("INSERT INTO search_queue (lead_id) SELECT id FROM leads WHERE true ON CONFLICT DO NOTHING");
            // Companies that are here already get what a new one begins with.
            migrationBuilder.Sql("INSERT INTO pipelines (company_id, name, position) SELECT id, 'Sales', 1 FROM companies");
            migrationBuilder.Sql("UPDATE stages SET pipeline_id = (SELECT pipelines.id FROM pipelines WHERE pipelines.company_id = stages.company_id)");
            migrationBuilder.Sql(
                """
                INSERT INTO lost_reasons (company_id, name, position)
                SELECT companies.id, reason.column1, reason.column2 FROM companies
                CROSS JOIN (VALUES ('Price', 1), ('No answer', 2), ('Chose somebody else', 3), ('Not a fit', 4), ('Bad timing', 5)) AS reason
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bulk_changes");

            migrationBuilder.DropTable(
                name: "bulk_items");

            migrationBuilder.DropTable(
                name: "custom_fields");

            migrationBuilder.DropTable(
                name: "duplicate_scans");

            migrationBuilder.DropTable(
                name: "export_marks");

            migrationBuilder.DropTable(
                name: "follow_ups");

            migrationBuilder.DropTable(
                name: "import_chunks");

            migrationBuilder.DropTable(
                name: "import_mappings");

            migrationBuilder.DropTable(
                name: "import_rows");

            migrationBuilder.DropTable(
                name: "lead_facets");

            migrationBuilder.DropTable(
                name: "lead_field_values");

            migrationBuilder.DropTable(
                name: "lead_helpers");

            migrationBuilder.DropTable(
                name: "lead_imports");

            migrationBuilder.DropTable(
                name: "lead_merges");

            migrationBuilder.DropTable(
                name: "lead_shares");

            migrationBuilder.DropTable(
                name: "lead_tags");

            migrationBuilder.DropTable(
                name: "lost_reasons");

            migrationBuilder.DropTable(
                name: "merged_leads");

            migrationBuilder.DropTable(
                name: "pipelines");

            migrationBuilder.DropTable(
                name: "saved_views");

            migrationBuilder.DropTable(
                name: "tags");

            migrationBuilder.DropTable(
                name: "undo_entries");

            migrationBuilder.DropTable(
                name: "user_notices");

            migrationBuilder.DropTable(
                name: "user_preferences");

            migrationBuilder.DropIndex(
                name: "ix_stages_company_id_pipeline_id_name",
                table: "stages");

            migrationBuilder.DropIndex(
                name: "ix_possible_duplicates_other",
                table: "possible_duplicates");

            migrationBuilder.DropIndex(
                name: "ix_possible_duplicates_score",
                table: "possible_duplicates");

            migrationBuilder.DropIndex(
                name: "ix_leads_channel",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_follow_up",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_grade",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_import",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_newest",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_owner",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_stage",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_leads_value",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "details",
                table: "timeline_entries");

            migrationBuilder.DropColumn(
                name: "allowed_moves",
                table: "stages");

            migrationBuilder.DropColumn(
                name: "colour",
                table: "stages");

            migrationBuilder.DropColumn(
                name: "pipeline_id",
                table: "stages");

            migrationBuilder.DropColumn(
                name: "required_fields",
                table: "stages");

            migrationBuilder.DropColumn(
                name: "stale_days",
                table: "stages");

            migrationBuilder.DropColumn(
                name: "decided_by_id",
                table: "possible_duplicates");

            migrationBuilder.DropColumn(
                name: "explanation",
                table: "possible_duplicates");

            migrationBuilder.DropColumn(
                name: "score",
                table: "possible_duplicates");

            migrationBuilder.DropColumn(
                name: "state",
                table: "possible_duplicates");

            migrationBuilder.DropColumn(
                name: "import_id",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "lost_reason_id",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "next_follow_up_at",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "score_by_hand",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "score_by_hand_at",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "score_by_hand_because",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "score_by_hand_by_id",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "value",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "currency",
                table: "companies");

            migrationBuilder.CreateIndex(
                name: "ix_stages_company_id_name",
                table: "stages",
                columns: new[] { "company_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_leads_channel",
                table: "leads",
                columns: new[] { "company_id", "channel", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_grade",
                table: "leads",
                columns: new[] { "company_id", "grade", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_newest",
                table: "leads",
                columns: new[] { "company_id", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_owner",
                table: "leads",
                columns: new[] { "company_id", "owner_id", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_stage",
                table: "leads",
                columns: new[] { "company_id", "stage_id", "id" },
                filter: "deleted_at IS NULL");
        }
    }
}
