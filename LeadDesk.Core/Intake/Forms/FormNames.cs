namespace LeadDesk.Intake.Forms;

/// <summary>
/// Puts together what forms spread over names: <c>fields[email][value]=a</c>, <c>colour[]=red&amp;colour[]=blue</c>,
/// <c>colour[0]=red</c>. Names that are not written so stay as they are.
/// </summary>
internal static class FormNames
{
    /// <returns>Null when a name is nested too deep.</returns>
    public static FormNode? Read(IEnumerable<KeyValuePair<string, FormNode>> fields)
    {
        var root = new Branch();
        foreach (var (name, value) in fields)
        {
            var path = Split(name);
            if (path.Count > FormLimits.Depth)
                return null;
            var branch = root;
            for (var at = 0; at < path.Count - 1; at++)
                branch = branch.Child(path[at]);
            branch.Add(path[^1], value);
        }

        return root.ToNode();
    }

    private static List<string> Split(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        if (open <= 0 || name[open - 1] == ' ' || !name.TrimEnd().EndsWith(']'))
            return [name];
        var path = new List<string> { name[..open] };
        var at = open;
        var end = name.TrimEnd().Length;
        while (at < end)
        {
            var close = name.IndexOf(']', at);
            if (name[at] != '[' || close < 0)
                return [name];
            path.Add(name[(at + 1)..close]);
            at = close + 1;
        }

        return path;
    }

    /// <summary>An object that is still being put together.</summary>
    private sealed class Branch
    {
        private readonly List<(string Name, FormNode? Leaf, Branch? Branch)> members = [];

        public Branch Child(string name)
        {
            // "a[][x]=1&a[][y]=2" is one row or two, nobody knows; one keeps all of it together.
            foreach (var member in members)
            {
                if (member.Branch is not null && string.Equals(member.Name, name, StringComparison.Ordinal))
                    return member.Branch;
            }

            var child = new Branch();
            members.Add((name, null, child));
            return child;
        }

        public void Add(string name, FormNode leaf) => members.Add((name, leaf, null));

        public FormNode ToNode()
        {
            // Indices make a list: PHP writes "a[0]", "a[1]" for check boxes.
            if (members.Count > 0 && members.TrueForAll(member => member.Leaf is not null && member.Name.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0) && IsCounted())
                return FormNode.Of([.. members.Select(member => member.Leaf!)]);
            return FormNode.Of([.. members.Select(member => new FormMember(member.Name, member.Leaf ?? member.Branch!.ToNode()))]);
        }

        private bool IsCounted() => members.TrueForAll(member => member.Name.Length is 0) || members.Index().All(member => member.Item.Name == $"{member.Index}");
    }
}
