namespace LeadDesk.Simulators.Messaging;

/// <summary>Who writes what to which callback.</summary>
/// <param name="AppSecret">What bodies are signed with; null: not signed at all.</param>
/// <param name="Kinds">What every person does, in this order. What is about an earlier message is about the person's last one.</param>
public sealed record MessagePlan(Uri Url, string? AppSecret, IReadOnlyList<string> Kinds)
{
    /// <summary>How many people.</summary>
    public int People { get; init; } = 1;

    public long FirstPerson { get; init; }

    /// <summary>In place of the person's own words; for statuses of WhatsApp the message's id; for a number change the new number.</summary>
    public string? Text { get; init; }

    /// <summary>People known by a business-scoped id alone (WhatsApp).</summary>
    public bool WithoutPhone { get; init; }

    /// <summary>Phone number id, Instagram account or page; null: the sample's.</summary>
    public string? AccountId { get; init; }

    /// <summary>Events in one body.</summary>
    public int PerBody { get; init; } = 1;

    public bool WrongSignature { get; init; }

    public int Repeat { get; init; } = 1;

    public bool Shuffle { get; init; }

    public double? Rate { get; init; }

    public int MostAtOnce { get; init; } = 64;

    public int Retries { get; init; }
}
