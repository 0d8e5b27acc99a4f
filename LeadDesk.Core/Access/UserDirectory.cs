namespace LeadDesk.Access;

public sealed record Person(long UserId, string Name, Role Role, bool Active)
{
    public bool CanOwnLeads => Active && Role is not Role.Integration;
}

public sealed class UserDirectory
{
    public ValueTask<IReadOnlyList<Person>> ListAsync(long companyId, CancellationToken cancellationToken) => throw new NotSupportedException();
}
