namespace LeadDesk.Exports;

/// <summary>What stands of some leads in another table: any number of values for each lead, in the order they were added.</summary>
internal sealed class SideValues<T>
    where T : struct
{
    private const int None = -1;

    private readonly List<(T Value, int Next)> values = [];
    private (int First, int Last)[] rows = [];

    public OfRow this[int row] => new(this, row < rows.Length ? rows[row].First : None);

    public void Clear()
    {
        values.Clear();
        rows = [];
    }

    /// <summary>Before the first value.</summary>
    /// <param name="count">Of leads.</param>
    public void Begin(int count)
    {
        rows = new (int, int)[count];
        Array.Fill(rows, (None, None));
    }

    public void Add(int row, T value)
    {
        var at = values.Count;
        values.Add((value, None));
        var (first, last) = rows[row];
        if (first is None)
        {
            rows[row] = (at, at);
            return;
        }

        values[last] = (values[last].Value, at);
        rows[row] = (first, at);
    }

    /// <summary>The values of one lead.</summary>
    internal struct OfRow(SideValues<T> all, int first)
    {
        private int at = None;
        private bool begun;

        public readonly T Current => all.values[at].Value;

        public readonly OfRow GetEnumerator() => this;

        public bool MoveNext()
        {
            at = begun ? all.values[at].Next : first;
            begun = true;
            return at is not None;
        }
    }
}
