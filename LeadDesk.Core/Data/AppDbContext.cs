using System.Linq.Expressions;
using System.Text.RegularExpressions;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.FollowUps;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Email;
using LeadDesk.Intake.Forms;
using LeadDesk.Intake.Import;
using LeadDesk.Intake.Meta;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace LeadDesk.Data;

/// <summary>
/// The one model of both databases. Made anew for every operation, for one <see cref="CompanyScope"/>, never pooled:
/// a pooled context would keep the company of whoever rented it before.
/// </summary>
public abstract partial class AppDbContext(DbContextOptions options, CompanyScope scope) : DbContext(options)
{
    public const string CompanyFilter = "company";
    public const string TrashFilter = "trash";

    public DbSet<Company> Companies => Set<Company>();

    public DbSet<User> Users => Set<User>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Lead> Leads => Set<Lead>();

    public DbSet<Pipeline> Pipelines => Set<Pipeline>();

    public DbSet<Stage> Stages => Set<Stage>();

    public DbSet<CustomField> CustomFields => Set<CustomField>();

    public DbSet<CustomFieldValue> CustomFieldValues => Set<CustomFieldValue>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<LeadTag> LeadTags => Set<LeadTag>();

    public DbSet<LostReason> LostReasons => Set<LostReason>();

    public DbSet<LeadHelper> LeadHelpers => Set<LeadHelper>();

    public DbSet<LeadFacet> LeadFacets => Set<LeadFacet>();

    public DbSet<ExportMark> ExportMarks => Set<ExportMark>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<UserPreference> UserPreferences => Set<UserPreference>();

    public DbSet<LeadShare> LeadShares => Set<LeadShare>();

    public DbSet<FollowUp> FollowUps => Set<FollowUp>();

    public DbSet<UserNotice> UserNotices => Set<UserNotice>();

    public DbSet<UndoEntry> UndoEntries => Set<UndoEntry>();

    public DbSet<BulkChange> BulkChanges => Set<BulkChange>();

    public DbSet<BulkItem> BulkItems => Set<BulkItem>();

    public DbSet<DuplicateScan> DuplicateScans => Set<DuplicateScan>();

    public DbSet<LeadMerge> LeadMerges => Set<LeadMerge>();

    public DbSet<MergedLead> MergedLeads => Set<MergedLead>();

    public DbSet<LeadImport> LeadImports => Set<LeadImport>();

    public DbSet<ImportChunk> ImportChunks => Set<ImportChunk>();

    public DbSet<ImportRow> ImportRows => Set<ImportRow>();

    public DbSet<ImportMapping> ImportMappings => Set<ImportMapping>();

    public DbSet<LeadContact> LeadContacts => Set<LeadContact>();

    public DbSet<LeadNearKey> LeadNearKeys => Set<LeadNearKey>();

    public DbSet<PossibleDuplicate> PossibleDuplicates => Set<PossibleDuplicate>();

    public DbSet<LeadMessage> LeadMessages => Set<LeadMessage>();

    public DbSet<LeadAnalysis> LeadAnalyses => Set<LeadAnalysis>();

    public DbSet<TimelineEntry> TimelineEntries => Set<TimelineEntry>();

    public DbSet<LeadCounter> LeadCounters => Set<LeadCounter>();

    public DbSet<SearchQueueEntry> SearchQueue => Set<SearchQueueEntry>();

    public DbSet<SearchEntry> SearchEntries => Set<SearchEntry>();

    public DbSet<InboundEvent> InboundEvents => Set<InboundEvent>();

    public DbSet<LeadConsent> LeadConsents => Set<LeadConsent>();

    public DbSet<LeadFile> LeadFiles => Set<LeadFile>();

    public DbSet<MetaConnection> MetaConnections => Set<MetaConnection>();

    public DbSet<MetaForm> MetaForms => Set<MetaForm>();

    public DbSet<MetaRun> MetaRuns => Set<MetaRun>();

    public DbSet<MetaGapDay> MetaGapDays => Set<MetaGapDay>();

    public DbSet<MetaConversion> MetaConversions => Set<MetaConversion>();

    public DbSet<FormSource> FormSources => Set<FormSource>();

    public DbSet<FormPull> FormPulls => Set<FormPull>();

    public DbSet<Mailbox> Mailboxes => Set<Mailbox>();

    public DbSet<ChannelConnection> ChannelConnections => Set<ChannelConnection>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>Read by the query filters; a member of the context, so that each instance uses its own.</summary>
    internal long CompanyId => scope.CompanyId;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        GuardCompany();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        GuardCompany();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Tables.Configure(modelBuilder);
        SqlText.Configure(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            UseSnakeCase(entity);
            if (!typeof(ICompanyOwned).IsAssignableFrom(entity.ClrType))
                continue;
            modelBuilder.Entity(entity.ClrType).HasQueryFilter(CompanyFilter, OwnedByScope(entity.ClrType));
            // Updates and deletes by id then name the company too: a foreign row that claims to be ours is not found.
            modelBuilder.Entity(entity.ClrType).Property(nameof(ICompanyOwned.CompanyId)).IsConcurrencyToken();
        }

        modelBuilder.Entity<Lead>().HasQueryFilter(TrashFilter, lead => lead.DeletedAt == null);
    }

    private static void UseSnakeCase(IMutableEntityType entity)
    {
        entity.SetTableName(SnakeCase(entity.GetTableName()!));
        foreach (var property in entity.GetProperties())
            property.SetColumnName(SnakeCase(property.Name));
        foreach (var key in entity.GetKeys())
            key.SetName(SnakeCase(key.GetName()!));
        foreach (var index in entity.GetIndexes())
            index.SetDatabaseName(SnakeCase(index.GetDatabaseName()!));
    }

    private static string SnakeCase(string name) =>
        WordStart().Replace(name, "_").Replace("__", "_", StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();

    private LambdaExpression OwnedByScope(Type type)
    {
        // Plain equality on purpose: "or everything" in a filter would cost every query its index.
        var row = Expression.Parameter(type);
        return Expression.Lambda(
            Expression.Equal(
                Expression.Property(row, nameof(ICompanyOwned.CompanyId)),
                Expression.Property(Expression.Constant(this), nameof(CompanyId))),
            row);
    }

    private void GuardCompany()
    {
        foreach (var entry in ChangeTracker.Entries<ICompanyOwned>())
        {
            if (entry.State is EntityState.Added && entry.Entity.CompanyId is 0)
                entry.Entity.CompanyId = scope.CompanyId;
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
                continue;
            var before = entry.State is EntityState.Added ? entry.Entity.CompanyId : (long)entry.Property(nameof(ICompanyOwned.CompanyId)).OriginalValue!;
            var allowed = scope.IsInstallation
                ? entry.Entity.CompanyId > 0 && before == entry.Entity.CompanyId
                : scope.CompanyId > 0 && entry.Entity.CompanyId == scope.CompanyId && before == scope.CompanyId;
            if (!allowed)
                throw new ForeignCompanyWriteException(entry.Metadata.ClrType.Name);
        }
    }
}
