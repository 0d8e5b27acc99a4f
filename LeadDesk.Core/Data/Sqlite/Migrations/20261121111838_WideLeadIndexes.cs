using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WideLeadIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_leads_channel",
                table: "leads",
                columns: new[] { "company_id", "channel", "created_at", "id", "stage_id", "owner_id", "grade", "score", "intent", "outcome", "first_response_at", "marks" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_grade",
                table: "leads",
                columns: new[] { "company_id", "grade", "created_at", "id", "stage_id", "owner_id", "channel", "score", "intent", "outcome", "first_response_at", "marks" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_newest",
                table: "leads",
                columns: new[] { "company_id", "created_at", "id", "stage_id", "owner_id", "grade", "channel", "score", "intent", "outcome", "first_response_at", "marks" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_owner",
                table: "leads",
                columns: new[] { "company_id", "owner_id", "created_at", "id", "stage_id", "grade", "channel", "score", "intent", "outcome", "first_response_at", "marks" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_stage",
                table: "leads",
                columns: new[] { "company_id", "stage_id", "created_at", "id", "owner_id", "grade", "channel", "score", "intent", "outcome", "first_response_at", "marks" },
                filter: "deleted_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_leads_channel",
                table: "leads",
                columns: new[] { "company_id", "channel", "created_at", "id" },
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leads_grade",
                table: "leads",
                columns: new[] { "company_id", "grade", "created_at", "id" },
                filter: "deleted_at IS NULL");

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
        }
    }
}
