using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake.Mapping;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>A connection as it was read, opened for use.</summary>
internal sealed class MetaAccount(MetaConnection connection, GraphAccess access)
{
    private readonly FieldMapping mapping = FieldMappingJson.Read(connection.Mapping);
    private readonly IReadOnlyList<long> owners = JsonList.Read<long>(connection.OwnerIds);

    public MetaConnection Connection => connection;

    public long Id => connection.Id;

    public long CompanyId => connection.CompanyId;

    public GraphAccess Access => access;

    /// <summary>Empty: all forms of the page.</summary>
    public IReadOnlyList<string> FormIds { get; } = JsonList.Read<string>(connection.FormIds);

    public bool Reads(string? formId) => FormIds.Count is 0 || (formId is not null && FormIds.Contains(formId));

    public MetaLeadSource SourceOf(MetaForm? form) => new()
    {
        FormId = form?.FormId,
        FormName = form?.Name,
        Questions = MetaQuestions.Read(form?.Questions),
        Mapping = mapping,
        Region = connection.Region,
        Owners = owners,
    };
}

/// <summary>Reads connections and opens their secrets.</summary>
internal sealed class MetaAccounts(Database database, ISecretBox secrets, MetaOptions options)
{
    public async Task<MetaConnection?> FindAsync(long companyId, long id, CancellationToken cancellationToken)
    {
        await using var context = database.Open(companyId);
        return await context.MetaConnections.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    public async Task<List<MetaConnection>> AllAsync(long companyId, CancellationToken cancellationToken)
    {
        await using var context = database.Open(companyId);
        return await context.MetaConnections.OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    public async Task<List<MetaForm>> FormsAsync(MetaAccount account, CancellationToken cancellationToken)
    {
        await using var context = database.Open(account.CompanyId);
        var forms = await context.MetaForms.Where(row => row.ConnectionId == account.Id).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return forms.FindAll(form => account.Reads(form.FormId));
    }

    /// <returns>Null when its token cannot be decrypted: the installation's keys are others now.</returns>
    public MetaAccount? Open(MetaConnection connection)
    {
        if (secrets.Open(connection.AccessToken) is not { } token)
            return null;
        var appSecret = connection.AppSecret is { } own ? secrets.Open(own) : options.AppSecret;
        return new MetaAccount(connection, new GraphAccess(token, appSecret));
    }
}
