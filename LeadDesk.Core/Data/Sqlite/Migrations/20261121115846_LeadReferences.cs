using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LeadReferences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_user_notices_lead",
                table: "user_notices",
                column: "lead_id",
                filter: "lead_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_meta_conversions_lead_id",
                table: "meta_conversions",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_inbound_events_lead",
                table: "inbound_events",
                column: "lead_id",
                filter: "lead_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_import_rows_lead",
                table: "import_rows",
                column: "lead_id",
                filter: "lead_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_user_notices_lead",
                table: "user_notices");

            migrationBuilder.DropIndex(
                name: "ix_meta_conversions_lead_id",
                table: "meta_conversions");

            migrationBuilder.DropIndex(
                name: "ix_inbound_events_lead",
                table: "inbound_events");

            migrationBuilder.DropIndex(
                name: "ix_import_rows_lead",
                table: "import_rows");
        }
    }
}
