using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class TrialLeads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_leads_trials",
                table: "leads",
                columns: new[] { "company_id", "id" },
                filter: "deleted_at IS NULL AND (marks & 64) <> 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_leads_trials",
                table: "leads");
        }
    }
}
