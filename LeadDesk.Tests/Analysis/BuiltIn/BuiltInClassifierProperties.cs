using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Analysis;

namespace LeadDesk.Tests.Analysis.BuiltIn;

public sealed class BuiltInClassifierProperties
{
    private const string ClearWish = "I want to buy 10 today, please call me";
    private static readonly DateTime Now = new(2026, 5, 4, 9, 0, 0, DateTimeKind.Utc);

    // Noise alone seldom reaches the readers of money and dates, so words of real messages are mixed in.
    private static readonly Gen<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? string.Empty),
        Gen.Elements(MessageTable.Rows.SelectMany(row => row.Text.Split(' ')).Concat(["50", "1,000.5", "$", "5k", "٥٠", "crore", "3/4", "+1 (2", "\ud83d", "''", "{", "system:", "\n\n"]).ToArray())
            .ListOf().Select(words => string.Join(' ', words)));

    [Fact]
    public void Any_text_gets_an_answer_within_its_limits() =>
        Check(text =>
        {
            var analysis = BuiltInClassifier.Classify(text, Now);
            return analysis.Confidence is >= 0 and <= 100
                && MessageCategory.All.Contains(analysis.Category)
                && analysis.Extracted.Quantity is null or > 0
                && analysis.Extracted.BudgetAmount is null or > 0
                && (!analysis.OptOut || analysis.Urgency == Urgency.Low);
        });

    [Fact]
    public void The_same_text_gets_the_same_answer() =>
        Check(text => BuiltInClassifier.Classify(text, Now) == BuiltInClassifier.Classify(text, Now));

    [Fact]
    public void What_is_read_stands_in_the_text() =>
        Check(text =>
        {
            var facts = BuiltInClassifier.Classify(text, Now).Extracted;
            return new[] { facts.Product, facts.Date, facts.Place, facts.Contact }.All(fact => fact is null || text.Contains(fact, StringComparison.Ordinal));
        });

    [Fact]
    public void Leaving_out_orders_never_adds_text() =>
        Check(text => InstructionLikeText.Remove(text, out var found) is var rest && (found ? rest.Length < text.Length : rest == text));

    [Fact]
    public void A_clear_wish_appended_never_turns_a_buyer_into_less()
    {
        foreach (var row in MessageTable.Rows)
        {
            var before = BuiltInClassifier.Classify(row.Text, Now);
            if (before.Intent != Intent.Buy)
                continue;
            var after = BuiltInClassifier.Classify($"{row.Text}. {ClearWish}", Now);

            after.Intent.ShouldBe(Intent.Buy, row.Text);
            ((int)after.Urgency).ShouldBeGreaterThanOrEqualTo((int)before.Urgency, row.Text);
            after.Confidence.ShouldBeGreaterThanOrEqualTo(before.Confidence, row.Text);
        }
    }

    [Fact]
    public void The_longest_message_is_answered()
    {
        var text = string.Join(' ', Enumerable.Repeat("i want to buy do you have not how much is the price of", 400))[..BuiltInClassifier.MaxLength];

        BuiltInClassifier.Classify(text, Now).Intent.ShouldBe(Intent.Buy);
    }

    private static void Check(Func<string, bool> holds) =>
        Prop.ForAll(Arb.From(Texts), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
