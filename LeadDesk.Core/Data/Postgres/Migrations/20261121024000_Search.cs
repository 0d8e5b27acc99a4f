using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "lead_search",
                columns: table => new
                {
                    lead_id = table.Column<long>(type: "bigint", nullable: false),
                    company_id = table.Column<long>(type: "bigint", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_search", x => x.lead_id);
                });

            // The pending list is read by every search: kept short, so that searches stay quick while much comes in.
            migrationBuilder.Sql(
                """
                DO $$
                BEGIN
                    CREATE EXTENSION IF NOT EXISTS pg_trgm;
                EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file THEN
                    RAISE EXCEPTION 'The search needs the PostgreSQL extension pg_trgm, which could not be created (%). Install the server''s contrib package or let an administrator run: CREATE EXTENSION pg_trgm', SQLERRM;
                END $$;
                CREATE INDEX ix_lead_search_threes ON lead_search USING gin (text gin_trgm_ops) WITH (gin_pending_list_limit = 1024);
                INSERT INTO search_queue (lead_id) SELECT id FROM leads ON CONFLICT DO NOTHING;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "lead_search");
        }
    }
}
