namespace LeadDesk.Intake.Email.Mime;

/// <summary>A mail, or one part of one.</summary>
/// <param name="Body">As it came, still encoded.</param>
/// <param name="Parts">Empty unless it is a multipart whose parts were found.</param>
public sealed record MimeEntity(MimeHeaders Headers, ReadOnlyMemory<byte> Body, IReadOnlyList<MimeEntity> Parts)
{
    private HeaderParameters? type;
    private HeaderParameters? disposition;

    /// <summary>In small letters, such as <c>text/plain</c>; what says nothing is that.</summary>
    public string MediaType => Type.Kind is { Length: > 0 } kind && kind.Contains('/', StringComparison.Ordinal) ? kind : "text/plain";

    public string? Charset => Type.Value("charset");

    /// <summary><c>attachment</c>, <c>inline</c>, <c>form-data</c> or empty.</summary>
    public string Disposition => Placing.Kind;

    /// <summary>As the sender wrote it; null when the part has none.</summary>
    public string? FileName => Placing.Value("filename") ?? Type.Value("name");

    /// <summary>Of a part of <c>multipart/form-data</c>.</summary>
    public string? FieldName => Placing.Value("name");

    internal string? TypeParameter(string name) => Type.Value(name);

    /// <summary>The bytes behind the transfer encoding.</summary>
    public ReadOnlyMemory<byte> Content() => TransferEncodings.Decode(Body, Headers.Raw("Content-Transfer-Encoding"));

    private HeaderParameters Type => type ??= HeaderParameters.Parse(Headers.Raw("Content-Type"));

    private HeaderParameters Placing => disposition ??= HeaderParameters.Parse(Headers.Raw("Content-Disposition"));
}
