using LeadDesk.Analysis;

namespace LeadDesk.Tests.Analysis.BuiltIn;

public sealed class MessageTableTests
{
    private static readonly DateTime Now = new(2026, 5, 4, 9, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Languages => [.. MessageTable.Rows.Select(row => row.Language).Distinct()];

    public static TheoryData<string> SingleLanguages => [.. MessageTable.Rows.Select(row => row.Language).Where(language => language != "mix").Distinct()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Nearly_every_message_of_a_language_gets_its_intent(string language)
    {
        var rows = MessageTable.Rows.Where(row => row.Language == language).ToList();
        var wrong = rows.Where(row => Classify(row).Intent != row.Intent).Select(row => $"{Classify(row).Intent}, not {row.Intent}: {row.Text}").ToList();

        (rows.Count - wrong.Count).ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(rows.Count * 0.95), string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Nearly_every_message_of_a_language_gets_its_urgency(string language)
    {
        var rows = MessageTable.Rows.Where(row => row.Language == language && row.Urgency is not null).ToList();
        var wrong = rows.Where(row => Classify(row).Urgency != row.Urgency).Select(row => $"{Classify(row).Urgency}, not {row.Urgency}: {row.Text}").ToList();

        (rows.Count - wrong.Count).ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(rows.Count * 0.95), string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(SingleLanguages))]
    public void Longer_messages_are_told_by_language(string language)
    {
        var code = language == "ur-latn" ? "ur" : language;
        var rows = MessageTable.Rows.Where(row => row.Language == language && row.Text.Split(' ').Length >= 4).ToList();

        rows.Count(row => Classify(row).Language == code).ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(rows.Count * 0.9));
    }

    [Fact]
    public void The_table_covers_every_intent_in_every_language()
    {
        foreach (var language in MessageTable.Rows.Where(row => row.Language != "mix").GroupBy(row => row.Language))
        {
            language.Count().ShouldBeGreaterThanOrEqualTo(45);
            language.Select(row => row.Intent).Distinct().Count().ShouldBe(Enum.GetValues<Intent>().Length);
        }
    }

    private static MessageAnalysis Classify(ExpectedMessage row) => BuiltInClassifier.Classify(row.Text, Now);
}
