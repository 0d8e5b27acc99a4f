using System.Text.Json;

namespace LeadDesk.Leads.Duplicates;

/// <summary>Makes the profile of a lead. Keeps its buffers from lead to lead, so it belongs to one thread.</summary>
internal sealed class ProfileWriter
{
    private const int LongestText = 60;
    private const int MostOfAKind = 5;

    private readonly List<(FactKind Kind, string Text)> facts = [];
    private readonly char[] packed = new char[Profile.MostFacts * (Profile.HeaderLength + LongestText)];

    /// <returns>Valid until the next call.</returns>
    public Profile Write(ComparedLead lead)
    {
        facts.Clear();
        AddNames(lead.Name);
        Add(FactKind.Phone, FactText.Phone(lead.Phone));
        Add(FactKind.Email, FactText.Email(lead.Email, lead.EmailValid));
        Add(FactKind.Organisation, FactText.Plain(lead.Organisation));
        Add(FactKind.City, FactText.Plain(lead.City));
        foreach (var (kind, value) in lead.Fields)
            AddField(kind, value);
        if (lead.Metadata is { Length: > 2 } metadata)
            AddMetadata(metadata);
        return Pack();
    }

    private void AddMetadata(string metadata)
    {
        using var document = JsonDocument.Parse(metadata);
        if (document.RootElement.ValueKind is not JsonValueKind.Object)
            return;
        foreach (var field in document.RootElement.EnumerateObject())
        {
            if (FactNames.Find(field.Name) is { } kind && field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                AddField(kind, field.Value.ToString());
        }
    }

    private void AddField(FactKind kind, string value)
    {
        switch (kind)
        {
            case FactKind.Name:
                AddNames(value);
                break;
            case FactKind.AddressLine:
                foreach (var line in value.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries))
                    AddLine(line);
                break;
            case FactKind.Email:
                Add(kind, FactText.Email(value, valid: false));
                break;
            default:
                Add(kind, FactText.Of(kind, value));
                break;
        }
    }

    private void AddNames(string? name)
    {
        foreach (var word in FactText.NameWords(name))
            Add(FactKind.Name, word);
    }

    /// <summary>"6 Tullaroop St" is a house number and a street.</summary>
    private void AddLine(string line)
    {
        var text = FactText.Plain(line);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && char.IsAsciiDigit(text[0]) && !facts.Exists(fact => fact.Kind is FactKind.HouseNumber))
        {
            Add(FactKind.HouseNumber, text[..space]);
            text = text[(space + 1)..];
        }

        Add(FactKind.AddressLine, FactText.Street(text));
    }

    private void Add(FactKind kind, string text)
    {
        if (text.Length is 0 || facts.Count is Profile.MostFacts)
            return;
        if (text.Length > LongestText)
            text = text[..LongestText];
        var alike = 0;
        foreach (var fact in facts)
        {
            if (fact.Kind == kind && (fact.Text == text || ++alike is MostOfAKind))
                return;
        }

        facts.Add((kind, text));
    }

    private Profile Pack()
    {
        var at = 0;
        for (var kind = FactKind.Name; kind <= FactKind.State; kind++)
        {
            foreach (var fact in facts)
            {
                if (fact.Kind != kind)
                    continue;
                var hash = Profile.HashOf(fact.Text);
                (packed[at], packed[at + 1], packed[at + 2], packed[at + 3]) = ((char)kind, (char)fact.Text.Length, (char)(hash & 0xFFFF), (char)(hash >> 16));
                fact.Text.CopyTo(packed.AsSpan(at + Profile.HeaderLength));
                at += Profile.HeaderLength + fact.Text.Length;
            }
        }

        return new Profile(packed.AsSpan(0, at));
    }
}
