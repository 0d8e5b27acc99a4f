using System.Text.RegularExpressions;

namespace LeadDesk.Tests.Architecture;

/// <summary>ARCHITECTURE.md, "Style", as far as a line of text shows it.</summary>
public sealed partial class SourceRulesTests
{
    /// <summary>Longer files, each with the reason why splitting it would make it worse.</summary>
    private static readonly Dictionary<string, string> LongerFiles = new(StringComparer.Ordinal);

    [Fact]
    public void A_file_of_code_has_at_most_300_lines_and_a_page_150()
    {
        var tooLong =
            from file in SourceFile.All
            let limit = file.Path.EndsWith(".razor", StringComparison.Ordinal) ? 150 : 300
            where file.Lines.Count > limit && !LongerFiles.ContainsKey(file.Path)
            select $"{file.Path}: {file.Lines.Count} lines, {limit} allowed";

        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void No_exception_for_a_long_file_outlives_its_need()
    {
        var stillLong = SourceFile.All.Where(file => file.Lines.Count > 150).Select(file => file.Path);

        LongerFiles.Keys.ShouldBeSubsetOf(stillLong);
    }

    [Fact]
    public void Code_in_a_page_of_more_than_20_lines_stands_in_a_file_of_its_own()
    {
        var tooLong =
            from file in SourceFile.OfTheProduct
            // Its cells are templates, which only such a file can hold; as components each would cost the server memory.
            where file.Path.EndsWith(".razor", StringComparison.Ordinal) && file.Path is not "LeadDesk.Web/Leads/LeadTable.razor"
            let code = file.Lines.SkipWhile(line => !line.StartsWith("@code", StringComparison.Ordinal)).Count()
            where code > 20 + 3 // "@code", "{" and "}"
            select $"{file.Path}: {code} lines of @code";

        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void The_product_waits_for_things_and_never_for_time_to_pass() =>
        SourceFile.Where(SourceFile.OfTheProduct, line => SleepPattern().IsMatch(line) && !PausePattern().IsMatch(line)).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_for_later() =>
        SourceFile.Where(SourceFile.All, line => LaterPattern().IsMatch(line)).ShouldBeEmpty();

    [Fact]
    public void The_product_reads_no_clock_but_the_one_it_is_given() =>
        SourceFile.Where(SourceFile.OfTheProduct, line => ClockPattern().IsMatch(line)).ShouldBeEmpty();

    [Fact]
    public void No_type_is_named_after_nothing_in_particular() =>
        // A helper is a word of the product: who works on a lead beside its owner.
        SourceFile.Where(SourceFile.All, line => EmptyNamePattern().IsMatch(line) && !line.Contains("class LeadHelper ", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void No_region_hides_code() =>
        SourceFile.Where(SourceFile.All, line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal)).ShouldBeEmpty();

    // Waiting for a signal, a channel or a timer instead shows what is waited for.
    [GeneratedRegex(@"\bTask\.Delay\b|\bThread\.Sleep\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SleepPattern();

    // A pause between two tries of an outside service, on the TimeProvider that tests move forward.
    [GeneratedRegex(@"\bTask\.Delay\([^,]+, *_?(time|timeProvider|clock),", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PausePattern();

    // Written apart so that this line does not find itself.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LaterPattern();

    [GeneratedRegex(@"\bDate(Time|TimeOffset)\.(Utc)?Now\b|\bDateTime\.Today\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ClockPattern();

    [GeneratedRegex(@"\b(class|record|struct|interface)\s+\w*(Manager|Helpers?|Utils?|Base|Impl)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex EmptyNamePattern();
}
