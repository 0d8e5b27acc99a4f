using LeadDesk.FollowUps;
using LeadDesk.Intake.Import;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Notifications;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Data;

/// <summary>Keys and indexes of the lead desk: what companies set up, and what people do with leads.</summary>
internal static class DeskTables
{
    public static void Configure(ModelBuilder model)
    {
        SetUp(model);
        People(model);
        Changes(model);
        Imports(model);
    }

    private static void SetUp(ModelBuilder model)
    {
        model.Entity<Pipeline>().HasIndex(row => new { row.CompanyId, row.Name }).IsUnique();
        model.Entity<Stage>().HasIndex(row => new { row.CompanyId, row.PipelineId, row.Name }).IsUnique();
        model.Entity<CustomField>(field =>
        {
            field.Property(row => row.Key).HasMaxLength(60);
            field.HasIndex(row => new { row.CompanyId, row.Key }).IsUnique();
        });
        model.Entity<CustomFieldValue>(value =>
        {
            value.ToTable("lead_field_values");
            value.HasKey(row => new { row.LeadId, row.FieldId, row.Position });
            value.Property(row => row.Key).HasMaxLength(300);
            value.HasIndex(row => new { row.CompanyId, row.FieldId, row.Number, row.LeadId }, "ix_lead_field_values_number").HasFilter("number IS NOT NULL");
            value.HasIndex(row => new { row.CompanyId, row.FieldId, row.Key, row.LeadId }, "ix_lead_field_values_key").HasFilter("key IS NOT NULL");
        });
        model.Entity<Tag>(tag =>
        {
            tag.Property(row => row.NameKey).HasMaxLength(100);
            tag.HasIndex(row => new { row.CompanyId, row.NameKey }).IsUnique();
        });
        model.Entity<LostReason>().HasIndex(row => row.CompanyId);
    }

    private static void People(ModelBuilder model)
    {
        model.Entity<LeadTag>(tag =>
        {
            tag.HasKey(row => new { row.LeadId, row.TagId });
            tag.HasIndex(row => new { row.CompanyId, row.TagId, row.LeadId });
        });
        model.Entity<LeadHelper>(helper =>
        {
            helper.HasKey(row => new { row.LeadId, row.UserId });
            helper.HasIndex(row => new { row.CompanyId, row.UserId, row.LeadId });
        });
        model.Entity<LeadFacet>(facet =>
        {
            facet.HasKey(row => new { row.LeadId, row.Facet });
            facet.Property(row => row.Key).HasMaxLength(100);
            facet.HasIndex(row => new { row.CompanyId, row.Facet, row.Key, row.LeadId });
        });
        model.Entity<ExportMark>(mark =>
        {
            mark.HasKey(row => row.LeadId);
            mark.Property(row => row.LeadId).ValueGeneratedNever();
        });
        model.Entity<SavedView>(view =>
        {
            view.Property(row => row.Version).IsConcurrencyToken();
            view.HasIndex(row => new { row.CompanyId, row.UserId });
        });
        model.Entity<UserPreference>(preference =>
        {
            preference.HasKey(row => new { row.CompanyId, row.UserId, row.Key });
            preference.Property(row => row.Key).HasMaxLength(100);
        });
        model.Entity<LeadShare>(share =>
        {
            share.HasIndex(row => row.TokenHash).IsUnique();
            share.HasIndex(row => row.LeadId);
        });
        model.Entity<FollowUp>(followUp =>
        {
            followUp.HasIndex(row => row.LeadId);
            followUp.HasIndex(row => new { row.CompanyId, row.UserId, row.DueAt, row.Id }, "ix_follow_ups_open").HasFilter("done_at IS NULL");
        });
        model.Entity<UserNotice>(notice =>
        {
            notice.HasIndex(row => new { row.CompanyId, row.UserId, row.Id });
            notice.HasIndex(row => row.LeadId, "ix_user_notices_lead").HasFilter("lead_id IS NOT NULL");
            notice.HasIndex(row => new { row.CompanyId, row.UserId }, "ix_user_notices_unread").HasFilter("read_at IS NULL");
        });
    }

    private static void Changes(ModelBuilder model)
    {
        model.Entity<UndoEntry>(undo =>
        {
            undo.HasKey(row => row.TokenHash);
            undo.Property(row => row.TokenHash).HasMaxLength(64);
            undo.HasIndex(row => row.ExpiresAt);
        });
        model.Entity<BulkChange>().HasIndex(row => new { row.CompanyId, row.Id });
        model.Entity<BulkItem>(item =>
        {
            item.HasKey(row => new { row.BulkId, row.LeadId });
            item.HasIndex(row => new { row.BulkId, row.State, row.LeadId });
        });
        model.Entity<DuplicateScan>().HasIndex(row => new { row.CompanyId, row.Id });
        model.Entity<LeadMerge>().HasIndex(row => new { row.CompanyId, row.LeadId });
        model.Entity<MergedLead>(merged =>
        {
            merged.HasKey(row => new { row.MergeId, row.LeadId });
            merged.HasIndex(row => row.LeadId);
        });
        model.Entity<PossibleDuplicate>(pair =>
        {
            pair.HasIndex(row => new { row.CompanyId, row.State, row.Score }, "ix_possible_duplicates_score");
            pair.HasIndex(row => new { row.CompanyId, row.OtherLeadId }, "ix_possible_duplicates_other");
        });
    }

    private static void Imports(ModelBuilder model)
    {
        model.Entity<LeadImport>(import =>
        {
            import.Property(row => row.Version).IsConcurrencyToken();
            import.HasIndex(row => new { row.CompanyId, row.Id });
        });
        model.Entity<ImportChunk>().HasKey(row => new { row.ImportId, row.Position });
        model.Entity<ImportRow>(row =>
        {
            row.HasKey(entry => new { entry.ImportId, entry.RowNumber });
            row.HasIndex(entry => new { entry.ImportId, entry.State, entry.RowNumber });
            row.HasIndex(entry => entry.LeadId, "ix_import_rows_lead").HasFilter("lead_id IS NOT NULL");
        });
        model.Entity<ImportMapping>().HasIndex(row => new { row.CompanyId, row.HeaderKey });
    }
}
