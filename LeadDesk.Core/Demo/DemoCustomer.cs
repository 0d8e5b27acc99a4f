using System.Text.Json;
using LeadDesk.Intake;

namespace LeadDesk.Demo;

/// <summary>Somebody invented who writes to the company.</summary>
/// <param name="Kind">The kind of text in <c>demo.txt</c>, or <c>form</c>.</param>
internal sealed record DemoCustomer(DemoLanguage Language, string Kind, string Channel, string Name, string? Phone, string? Email, DateTime FirstAt)
{
    /// <summary>What the channel calls the person.</summary>
    public string? ChannelId { get; init; }

    public string? Campaign { get; init; }

    public string? Interest { get; init; }

    public string? City { get; init; }

    public string? Organisation { get; init; }

    /// <summary>A body as a channel or form would post it.</summary>
    public IncomingLead Write(string? message)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        Put("utm_source", Channel is "website" ? "google" : Channel);
        Put("utm_campaign", Campaign);
        Put("service", Interest);
        Put("city", City);
        Put("company", Organisation);
        var body = new { external_id = ChannelId, phone = Phone, email = Email, message, channel = Channel, sender_name = Name, metadata };
        return new IncomingLead
        {
            Source = "webhook",
            Raw = JsonSerializer.SerializeToUtf8Bytes(body),
            ExternalId = ChannelId,
            Channel = Channel,
            Name = Name,
            Phone = Phone,
            Email = Email,
            Message = message,
            Metadata = metadata,
            MetadataJson = JsonSerializer.Serialize(metadata),
        };

        void Put(string field, string? value)
        {
            if (value is not null)
                metadata[field] = value;
        }
    }
}

/// <summary>Invents customers. The same random numbers give the same people.</summary>
internal sealed class DemoCustomers(IReadOnlyList<DemoLanguage> languages, Random random)
{
    private static readonly (string Kind, int Weight)[] Kinds =
        [("buy now", 23), ("buy", 24), ("question", 19), ("form", 13), ("support", 7), ("other", 5), ("complaint", 3), ("partnership", 2), ("job", 2), ("spam", 2)];

    private static readonly (string Channel, int Weight)[] Channels = [("whatsapp", 37), ("website", 25), ("instagram", 16), ("email", 12), ("messenger", 10)];
    private static readonly string[] Campaigns = ["Autumn kitchens", "Home office week", "Hotel & contract", "Small spaces", "Showroom opening"];
    private static readonly string[] Cities = ["London", "Bristol", "Manchester", "Leeds", "Brighton", "Oxford", "Berlin", "Paris", "Lisbon", "Boston"];
    private static readonly string[] Organisations = ["Bluegate Studios", "Fernhill Hotels", "Ostrich & Pine", "Kestrel Row Clinics", "Tidewell Offices", "Marlow Yard Cafés"];

    private readonly DemoAddresses addresses = new(random);

    public DemoCustomer Next(DateTime at, string? kind = null)
    {
        var language = Weighted(languages, static language => language.Weight);
        kind ??= Weighted(Kinds, static choice => choice.Weight).Kind;
        if (kind is not "form" && !language.Texts.Contains(kind))
            language = languages[0];
        var channel = kind is "form" ? "website" : Weighted(Channels, static choice => choice.Weight).Channel;
        var name = $"{DemoLanguage.Any(language.Words("first"), random)} {DemoLanguage.Any(language.Words("last"), random)}";
        var social = channel is "instagram" or "messenger";
        var givesPhone = channel is "whatsapp" || random.Next(10) < (social ? 2 : 6);
        var givesEmail = channel is "email" || (!social && (!givesPhone || random.Next(10) < 5));
        return new(language, kind, channel, name, givesPhone ? addresses.Written(addresses.Phone(language.Code)) : null, givesEmail ? addresses.Email(name) : null, at)
        {
            ChannelId = social ? $"demo{random.NextInt64(1_000_000_000, 9_999_999_999)}" : null,
            Campaign = random.Next(10) < 6 ? DemoLanguage.Any(Campaigns, random) : null,
            Interest = kind is "form" ? DemoLanguage.Any(languages[0].Words("product"), random) : null,
            City = random.Next(10) < 4 ? DemoLanguage.Any(Cities, random) : null,
            Organisation = random.Next(10) < 2 ? DemoLanguage.Any(Organisations, random) : null,
        };
    }

    /// <summary>The same person with an address that differs only in a tag: a possible duplicate.</summary>
    public static DemoCustomer Again(DemoCustomer customer, DateTime at) => customer with
    {
        FirstAt = at,
        Channel = "website",
        Kind = "buy",
        Language = customer.Language,
        Phone = null,
        ChannelId = null,
        Email = customer.Email!.Replace("@", "+shop@", StringComparison.Ordinal),
    };

    private T Weighted<T>(IReadOnlyList<T> choices, Func<T, int> weight)
    {
        var at = random.Next(choices.Sum(weight));
        foreach (var choice in choices)
        {
            at -= weight(choice);
            if (at < 0)
                return choice;
        }

        return choices[^1];
    }
}
