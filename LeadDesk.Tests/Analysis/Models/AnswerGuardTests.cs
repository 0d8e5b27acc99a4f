using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Analysis;
using LeadDesk.Analysis.Models;

namespace LeadDesk.Tests.Analysis.Models;

public sealed class AnswerGuardTests
{
    private static readonly Gen<MessageAnalysis> s_analyses =
        from intent in Gen.Elements(Enum.GetValues<Intent>())
        from urgency in Gen.Elements(Enum.GetValues<Urgency>())
        from category in Gen.Elements<string>([.. MessageCategory.All])
        from sentiment in Gen.Elements(Enum.GetValues<Sentiment>())
        from confidence in Gen.Choose(0, 100)
        from optOut in Gen.Elements(true, false)
        from product in Gen.Elements<string?>(null, "chairs")
        from instructions in Gen.Elements(true, false)
        select new MessageAnalysis(intent, urgency, category, sentiment, confidence, new(product), "en", optOut, instructions);

    private static readonly Arbitrary<(MessageAnalysis BuiltIn, MessageAnalysis Model)> s_pairs =
        s_analyses.SelectMany(_ => s_analyses, (builtIn, model) => (builtIn, model)).ToArbitrary();

    [Fact]
    public void A_sure_opt_out_or_spam_stands_whatever_the_model_says() =>
        Prop.ForAll(s_pairs, pair =>
            !((pair.BuiltIn.OptOut || pair.BuiltIn.Intent == Intent.Spam) && pair.BuiltIn.Confidence >= 70)
            || AnswerGuard.Reconcile(pair.BuiltIn, pair.Model) == pair.BuiltIn).QuickCheckThrowOnFailure();

    [Fact]
    public void With_orders_in_the_text_the_model_never_changes_the_judgement() =>
        Prop.ForAll(s_pairs, pair =>
        {
            if (!pair.BuiltIn.InstructionLike && !pair.Model.InstructionLike) return true;
            var result = AnswerGuard.Reconcile(pair.BuiltIn, pair.Model);
            return Judgement(result) == Judgement(pair.BuiltIn);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_orders_the_models_judgement_counts()
    {
        var model = Answers.BuiltIn with { Intent = Intent.Buy, Urgency = Urgency.High, Confidence = 91 };

        AnswerGuard.Reconcile(Answers.BuiltIn, model).ShouldBe(model);
    }

    [Fact]
    public void An_opt_out_is_kept_even_when_the_classifier_was_not_sure()
    {
        var builtIn = Answers.BuiltIn with { OptOut = true, Confidence = 40 };

        AnswerGuard.Reconcile(builtIn, Answers.BuiltIn).OptOut.ShouldBeTrue();
    }

    [Fact]
    public void Facts_the_model_missed_are_kept_from_the_classifier()
    {
        var builtIn = Answers.BuiltIn with { Extracted = new(Quantity: 3, BudgetAmount: 500, BudgetCurrency: "EUR") };
        var model = Answers.BuiltIn with { Extracted = new(Product: "chairs", BudgetAmount: 700) };

        AnswerGuard.Reconcile(builtIn, model).Extracted.ShouldBe(new ExtractedData("chairs", 3, 700));
    }

    private static (Intent, Urgency, string, Sentiment, int, bool) Judgement(MessageAnalysis a) =>
        (a.Intent, a.Urgency, a.Category, a.Sentiment, a.Confidence, a.OptOut);
}
