using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.Data.Sqlite.Migrations
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
                    lead_id = table.Column<long>(type: "INTEGER", nullable: false),
                    company_id = table.Column<long>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_search", x => x.lead_id);
                });

            // Which texts have which three letters side by side, and nothing more (detail=none): small and quick to keep, and
            // what it finds is compared with the text itself. Texts are folded already, so case needs no care.
            migrationBuilder.Sql(
                """
                CREATE VIRTUAL TABLE lead_search_threes USING fts5 (
                    text, content='lead_search', content_rowid='lead_id', tokenize='trigram case_sensitive 1', detail=none, columnsize=0);
                CREATE TRIGGER lead_search_inserted AFTER INSERT ON lead_search BEGIN
                    INSERT INTO lead_search_threes (rowid, text) VALUES (new.lead_id, new.text);
                END;
                CREATE TRIGGER lead_search_updated AFTER UPDATE ON lead_search BEGIN
                    INSERT INTO lead_search_threes (lead_search_threes, rowid, text) VALUES ('delete', old.lead_id, old.text);
                    INSERT INTO lead_search_threes (rowid, text) VALUES (new.lead_id, new.text);
                END;
                CREATE TRIGGER lead_search_deleted AFTER DELETE ON lead_search BEGIN
                    INSERT INTO lead_search_threes (lead_search_threes, rowid, text) VALUES ('delete', old.lead_id, old.text);
                END;
                INSERT INTO search_queue (lead_id) SELECT id FROM leads WHERE true ON CONFLICT DO NOTHING;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE lead_search_threes");
            migrationBuilder.DropTable(
                name: "lead_search");
        }
    }
}
