namespace LeadDesk.Intake.Meta;

/// <summary>How this installation reaches Meta.</summary>
public sealed record MetaOptions
{
    public Uri GraphUrl { get; init; } = new("https://graph.facebook.com");

    public string ApiVersion { get; init; } = "v25.0";

    /// <summary>Of the app whose pushes are signed; a connection can have its own.</summary>
    public string? AppSecret { get; init; }

    /// <summary>What the handshake must know; a connection can have its own.</summary>
    public string? VerifyToken { get; init; }
}
