using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Intake;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Data;

/// <summary>Keys, lengths and indexes. Every index of a list starts with the company and ends with the id, which breaks ties of the keyset.</summary>
internal static class Tables
{
    /// <summary>Lists never show the trash, so their indexes leave it out.</summary>
    private const string NotDeleted = "deleted_at IS NULL";

    public static void Configure(ModelBuilder model)
    {
        Access(model);
        Leads(model);
        LeadRecords(model);
        Work(model);
        ChannelTables.Configure(model);
        DeskTables.Configure(model);
    }

    private static void Access(ModelBuilder model)
    {
        model.Entity<Company>(company =>
        {
            company.Property(row => row.Name).HasMaxLength(200);
            company.Property(row => row.Region).HasMaxLength(2);
            company.Property(row => row.TimeZone).HasMaxLength(64);
            company.Property(row => row.Version).IsConcurrencyToken();
        });
        model.Entity<User>(user =>
        {
            user.Property(row => row.Name).HasMaxLength(200);
            user.Property(row => row.Email).HasMaxLength(254);
            user.HasIndex(row => row.Email).IsUnique();
            user.HasIndex(row => row.CompanyId);
            user.HasIndex(row => row.InvitationHash);
        });
        model.Entity<ApiKey>(key =>
        {
            key.Property(row => row.Name).HasMaxLength(100);
            key.HasIndex(row => row.Hash).IsUnique();
            key.HasIndex(row => row.CompanyId);
        });
        model.Entity<AuditEntry>().HasIndex(row => new { row.CompanyId, row.Id });
        model.Entity<ProtectionKey>().HasIndex(row => row.Name).IsUnique();
    }

    private static void Leads(ModelBuilder model)
    {
        model.Entity<Lead>(lead =>
        {
            lead.Property(row => row.Version).IsConcurrencyToken();
            lead.Property(row => row.Name).HasMaxLength(200);
            lead.Property(row => row.NameKey).HasMaxLength(200);
            lead.Property(row => row.Channel).HasMaxLength(50);
            lead.Property(row => row.LastMessage).HasMaxLength(240);
            // Behind what they are sorted by, these hold what is asked most (LeadRanges): a question to a hundred thousand leads then reads none of their rows.
            lead.HasIndex(row => new { row.CompanyId, row.CreatedAt, row.Id, row.StageId, row.OwnerId, row.Grade, row.Channel, row.Score, row.Intent, row.Outcome, row.FirstResponseAt, row.Marks }, "ix_leads_newest").HasFilter(NotDeleted);
            lead.HasIndex(row => new { row.CompanyId, row.Score, row.Id }, "ix_leads_score").HasFilter(NotDeleted);
            lead.HasIndex(row => new { row.CompanyId, row.NameKey, row.Id }, "ix_leads_name").HasFilter(NotDeleted);
            lead.HasIndex(row => new { row.CompanyId, row.LastActivityAt, row.Id }, "ix_leads_activity").HasFilter(NotDeleted);
            lead.HasIndex(row => new { row.CompanyId, row.Grade, row.CreatedAt, row.Id, row.StageId, row.OwnerId, row.Channel, row.Score, row.Intent, row.Outcome, row.FirstResponseAt, row.Marks }, "ix_leads_grade").HasFilter(NotDeleted);
            lead.HasIndex(row => new { row.CompanyId, row.StageId, row.CreatedAt, row.Id, row.OwnerId, row.Grade, row.Channel, row.Score, row.Intent, row.Outcome, row.FirstResponseAt, row.Marks }, "ix_leads_stage").HasFilter(NotDeleted);
            lead.HasIndex(row => new { row.CompanyId, row.OwnerId, row.CreatedAt, row.Id, row.StageId, row.Grade, row.Channel, row.Score, row.Intent, row.Outcome, row.FirstResponseAt, row.Marks }, "ix_leads_owner").HasFilter(NotDeleted);
            lead.HasIndex(row => new { row.CompanyId, row.Channel, row.CreatedAt, row.Id, row.StageId, row.OwnerId, row.Grade, row.Score, row.Intent, row.Outcome, row.FirstResponseAt, row.Marks }, "ix_leads_channel").HasFilter(NotDeleted);
            lead.HasIndex(row => new { row.CompanyId, row.ResponseDueAt, row.Id }, "ix_leads_waiting")
                .HasFilter("deleted_at IS NULL AND first_response_at IS NULL AND outcome = 0");
            lead.HasIndex(row => new { row.CompanyId, row.NextFollowUpAt, row.Id }, "ix_leads_follow_up").HasFilter("deleted_at IS NULL AND next_follow_up_at IS NOT NULL");
            lead.HasIndex(row => new { row.CompanyId, row.Value, row.Id }, "ix_leads_value").HasFilter("deleted_at IS NULL AND value IS NOT NULL");
            lead.HasIndex(row => new { row.CompanyId, row.ImportId, row.Id }, "ix_leads_import").HasFilter("import_id IS NOT NULL");
            lead.HasIndex(row => new { row.CompanyId, row.Id }, "ix_leads_trials").HasFilter("deleted_at IS NULL AND (marks & 64) <> 0");
            lead.HasIndex(row => row.RescoreAt, "ix_leads_rescore").HasFilter("rescore_at IS NOT NULL AND deleted_at IS NULL");
            lead.HasIndex(row => new { row.CompanyId, row.DeletedAt }, "ix_leads_trash").HasFilter("deleted_at IS NOT NULL");
        });
    }

    private static void LeadRecords(ModelBuilder model)
    {
        model.Entity<LeadContact>(contact =>
        {
            contact.HasKey(row => new { row.CompanyId, row.Kind, row.Value });
            contact.Property(row => row.Value).HasMaxLength(300);
            contact.HasIndex(row => row.LeadId);
        });
        model.Entity<LeadNearKey>(key =>
        {
            key.HasKey(row => new { row.CompanyId, row.Value, row.LeadId });
            key.Property(row => row.Value).HasMaxLength(300);
        });
        model.Entity<PossibleDuplicate>().HasKey(row => new { row.CompanyId, row.LeadId, row.OtherLeadId });
        model.Entity<LeadMessage>(message =>
        {
            message.Property(row => row.ExternalId).HasMaxLength(300);
            message.Property(row => row.ReplyToExternalId).HasMaxLength(300);
            message.HasIndex(row => row.LeadId);
            message.HasIndex(row => new { row.CompanyId, row.Channel, row.ExternalId }).IsUnique().HasFilter("external_id IS NOT NULL");
        });
        model.Entity<LeadConsent>().HasIndex(row => row.LeadId);
        model.Entity<LeadFile>().HasIndex(row => row.LeadId);
        model.Entity<LeadAnalysis>().HasIndex(row => row.LeadId);
        model.Entity<TimelineEntry>().HasIndex(row => new { row.LeadId, row.Id });
        model.Entity<LeadCounter>(counter =>
        {
            counter.HasKey(row => new { row.CompanyId, row.Metric, row.OwnerId, row.Day, row.Key });
            counter.Property(row => row.Key).HasMaxLength(100);
        });
        model.Entity<SearchQueueEntry>(entry =>
        {
            entry.HasKey(row => row.LeadId);
            entry.Property(row => row.LeadId).ValueGeneratedNever();
        });
        model.Entity<SearchEntry>(entry =>
        {
            // Its text is indexed by letters in threes, which EF Core has no words for: see the migrations.
            entry.ToTable("lead_search");
            entry.HasKey(row => row.LeadId);
            entry.Property(row => row.LeadId).ValueGeneratedNever();
        });
    }

    private static void Work(ModelBuilder model)
    {
        model.Entity<IdempotencyRecord>(record =>
        {
            record.HasKey(row => new { row.CompanyId, row.Caller, row.Key });
            record.Property(row => row.Key).HasMaxLength(255);
            record.HasIndex(row => row.CreatedAt);
        });
        model.Entity<Job>(job =>
        {
            job.HasIndex(row => new { row.State, row.RunAt });
            job.HasIndex(row => new { row.Kind, row.UniqueKey }).IsUnique().HasFilter("unique_key IS NOT NULL");
        });
    }
}
