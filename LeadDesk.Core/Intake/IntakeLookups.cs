using LeadDesk.Leads;

namespace LeadDesk.Intake;

/// <summary>What has to be looked up for a batch, each thing once.</summary>
internal sealed class IntakeLookups
{
    public IntakeLookups(IReadOnlyList<IntakeItem> items)
    {
        foreach (var item in items)
        {
            var company = item.Company.CompanyId;
            Events += item.Row is null || item.RepeatKey is not null ? 1 : 0;
            Messages += item.Candidate.Message is null ? 0 : 1;
            Labels |= item.Row is { Tags.Count: > 0 } or { Fields.Count: > 0 };
            Companies.Add(company);
            if (item.Candidate is { PhoneValid: true, Phone: { } phone })
                Contacts.Add(new(company, ContactKind.Phone, phone));
            if (item.Candidate is { EmailValid: true, Email: { } email })
                Contacts.Add(new(company, ContactKind.Email, email));
            if (item.ChannelId is { } id)
                Contacts.Add(new(company, ContactKind.ChannelId, id));
            foreach (var near in LeadContacts.Near(item.Candidate.Phone, item.Candidate.EmailValid ? item.Candidate.Email : null))
                Near.Add(new(company, near));
            if (item.RepeatKey is { } repeat)
                Repeats.Add(new(company, item.Incoming.Source, repeat));
            if (item.Incoming.Idempotency is { } request)
                Callers.Add(new(company, request.Caller, request.Key));
        }
    }

    /// <summary>How many events the items may make: rows of a file have one only where their source names them.</summary>
    public int Events { get; }

    public int Messages { get; }

    /// <summary>Whether tags and custom fields of known leads are needed.</summary>
    public bool Labels { get; }

    /// <summary>In ascending order, so that batches of two nodes lock them alike.</summary>
    public SortedSet<long> Companies { get; } = [];

    public HashSet<ContactKey> Contacts { get; } = [];

    public HashSet<NearKey> Near { get; } = [];

    public HashSet<RepeatKey> Repeats { get; } = [];

    public HashSet<CallerKey> Callers { get; } = [];
}
