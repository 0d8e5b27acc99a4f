using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Email;
using LeadDesk.Intake.Forms;
using LeadDesk.Intake.Meta;
using LeadDesk.Notifications;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Data;

/// <summary>Keys and indexes of what comes in and of the sources it comes from.</summary>
internal static class ChannelTables
{
    public static void Configure(ModelBuilder model)
    {
        Events(model);
        Meta(model);
        Addresses(model);
        model.Entity<Notice>(notice =>
        {
            notice.Property(row => row.Kind).HasMaxLength(50);
            notice.Property(row => row.Subject).HasMaxLength(100);
            notice.HasIndex(row => new { row.CompanyId, row.Kind, row.Subject }).IsUnique().HasFilter("closed_at IS NULL");
        });
    }

    private static void Events(ModelBuilder model)
    {
        model.Entity<InboundEvent>(inbound =>
        {
            inbound.Property(row => row.Source).HasMaxLength(50);
            inbound.Property(row => row.Origin).HasMaxLength(100);
            inbound.Property(row => row.ExternalId).HasMaxLength(300);
            inbound.Property(row => row.ContentType).HasMaxLength(300);
            inbound.HasIndex(row => new { row.CompanyId, row.Source, row.RepeatKey }).IsUnique().HasFilter("repeat_key IS NOT NULL");
            // By which events lose their lead when it is merged or removed.
            inbound.HasIndex(row => row.LeadId, "ix_inbound_events_lead").HasFilter("lead_id IS NOT NULL");
            // Most events are done when they are stored; only the others are looked for.
            inbound.HasIndex(row => row.DueAt, "ix_inbound_events_due").HasFilter("state = 0");
            inbound.HasIndex(row => new { row.CompanyId, row.State, row.Id }, "ix_inbound_events_open").HasFilter("state <> 1");
            inbound.HasIndex(row => new { row.CompanyId, row.Source, row.Origin, row.OccurredAt }, "ix_inbound_events_origin").HasFilter("origin IS NOT NULL");
        });
    }

    private static void Meta(ModelBuilder model)
    {
        model.Entity<MetaConnection>(connection =>
        {
            connection.Property(row => row.PageId).HasMaxLength(50);
            connection.Property(row => row.Version).IsConcurrencyToken();
            connection.HasIndex(row => new { row.CompanyId, row.PageId });
            connection.HasIndex(row => row.PageId);
        });
        model.Entity<MetaForm>(form =>
        {
            form.Property(row => row.FormId).HasMaxLength(50);
            form.HasIndex(row => new { row.ConnectionId, row.FormId }).IsUnique();
        });
        model.Entity<MetaRun>().HasIndex(row => new { row.ConnectionId, row.Id });
        model.Entity<MetaGapDay>(gap =>
        {
            gap.Property(row => row.FormId).HasMaxLength(50);
            gap.HasIndex(row => new { row.ConnectionId, row.FormId, row.Day }).IsUnique();
        });
        model.Entity<MetaConversion>(conversion =>
        {
            conversion.HasIndex(row => new { row.ConnectionId, row.TimelineEntryId }).IsUnique();
            conversion.HasIndex(row => row.LeadId);
            conversion.HasIndex(row => new { row.ConnectionId, row.Id }, "ix_meta_conversions_waiting").HasFilter("sent_at IS NULL");
        });
    }

    private static void Addresses(ModelBuilder model)
    {
        model.Entity<FormSource>(form =>
        {
            form.Property(row => row.Key).HasMaxLength(64);
            form.Property(row => row.Version).IsConcurrencyToken();
            form.HasIndex(row => row.Key).IsUnique();
            form.HasIndex(row => row.CompanyId);
        });
        model.Entity<FormPull>().HasIndex(row => row.FormSourceId).IsUnique();
        model.Entity<Mailbox>(mailbox =>
        {
            mailbox.Property(row => row.Key).HasMaxLength(64);
            mailbox.Property(row => row.Version).IsConcurrencyToken();
            mailbox.HasIndex(row => row.Key).IsUnique();
            mailbox.HasIndex(row => row.CompanyId);
        });
        model.Entity<ChannelConnection>(channel =>
        {
            channel.Property(row => row.Channel).HasMaxLength(50);
            channel.Property(row => row.AccountId).HasMaxLength(100);
            channel.Property(row => row.Version).IsConcurrencyToken();
            channel.HasIndex(row => new { row.CompanyId, row.Channel }).IsUnique();
            channel.HasIndex(row => new { row.Channel, row.AccountId });
        });
    }
}
