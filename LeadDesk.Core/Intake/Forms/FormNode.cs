namespace LeadDesk.Intake.Forms;

internal readonly record struct FormMember(string Name, FormNode Value);

/// <summary>
/// A form's body whatever it was written in: JSON, <c>a[b]=c</c>, multipart. A text, a list, or members in their order, of
/// which several may have one name. Numbers keep their digits.
/// </summary>
internal sealed class FormNode
{
    private FormNode(string? text, IReadOnlyList<FormNode>? items, IReadOnlyList<FormMember>? members) =>
        (Text, Items, Members) = (text, items ?? [], members ?? []);

    public static FormNode Empty { get; } = new("", null, null);

    /// <summary>Null for lists and objects.</summary>
    public string? Text { get; }

    public IReadOnlyList<FormNode> Items { get; }

    public IReadOnlyList<FormMember> Members { get; }

    public bool IsObject => Members.Count > 0;

    public bool IsList => Items.Count > 0;

    public static FormNode Of(string text) => new(text, null, null);

    public static FormNode Of(IReadOnlyList<FormNode> items) => new(null, items, null);

    public static FormNode Of(IReadOnlyList<FormMember> members) => new(null, null, members);

    /// <summary>The last member of that name; names are compared without case and outer spaces.</summary>
    public FormNode? this[string name]
    {
        get
        {
            for (var at = Members.Count - 1; at >= 0; at--)
            {
                if (Is(Members[at].Name, name))
                    return Members[at].Value;
            }

            return null;
        }
    }

    public bool Has(string name) => this[name] is not null;

    /// <summary>The first of the named members that is a text with something in it.</summary>
    public string? TextOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (this[name]?.Text is { } text && !string.IsNullOrWhiteSpace(text))
                return text.Trim();
        }

        return null;
    }

    public static bool Is(string name, string wanted) => name.AsSpan().Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
