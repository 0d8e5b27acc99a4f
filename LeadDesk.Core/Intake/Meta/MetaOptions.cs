namespace LeadDesk.Intake.Meta;

/// <summary>How this installation speaks with Meta.</summary>
/// <param name="GraphUrl">Graph's base address.</param>
/// <param name="ApiVersion">Such as <c>v25.0</c>.</param>
/// <param name="AppSecret">Signs what Meta sends; a connection may have its own.</param>
/// <param name="VerifyToken">Answers Meta's handshake; a connection may have its own.</param>
public sealed record MetaOptions(Uri GraphUrl, string ApiVersion, string? AppSecret, string? VerifyToken)
{
    public static MetaOptions Standard { get; } = new(new Uri("https://graph.facebook.com"), "v25.0", null, null);
}
