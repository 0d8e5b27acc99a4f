namespace LeadDesk.Analysis.Models;

/// <summary>The last word between the built-in classifier, which nobody can talk to, and a model, which somebody can.</summary>
internal static class AnswerGuard
{
    private const int Sure = 70;

    /// <summary>
    /// The classifier is sure that the sender wants to be left alone or sends spam: that stands, and no model needs to be asked.
    /// </summary>
    public static bool IsSettled(MessageAnalysis builtIn) => (builtIn.OptOut || builtIn.Intent == Intent.Spam) && builtIn.Confidence >= Sure;

    /// <summary>
    /// The model's answer refines the classifier's. When either saw orders in the text, everything that scores a lead stays as
    /// the classifier judged it without those orders, so no text can talk its score up or down; the model then only adds facts
    /// that stand in the text.
    /// </summary>
    public static MessageAnalysis Reconcile(MessageAnalysis builtIn, MessageAnalysis model)
    {
        if (IsSettled(builtIn)) return builtIn;
        if (builtIn.InstructionLike || model.InstructionLike)
        {
            return builtIn with
            {
                Extracted = Fill(builtIn.Extracted, model.Extracted),
                Language = builtIn.Language ?? model.Language,
                InstructionLike = true,
            };
        }

        return model with
        {
            Extracted = Fill(model.Extracted, builtIn.Extracted),
            Language = model.Language ?? builtIn.Language,
            // Writing to somebody who asked us not to is worse than a call too few.
            OptOut = model.OptOut || builtIn.OptOut,
        };
    }

    /// <summary>Gaps are filled; a budget keeps its own currency.</summary>
    private static ExtractedData Fill(ExtractedData first, ExtractedData second) => new(
        first.Product ?? second.Product,
        first.Quantity ?? second.Quantity,
        first.BudgetAmount ?? second.BudgetAmount,
        BudgetCurrency(first, second),
        first.Date ?? second.Date,
        first.Place ?? second.Place,
        first.Contact ?? second.Contact);

    private static string? BudgetCurrency(ExtractedData first, ExtractedData second)
    {
        if (first.BudgetAmount is null) return second.BudgetCurrency;
        return first.BudgetCurrency ?? (second.BudgetAmount == first.BudgetAmount ? second.BudgetCurrency : null);
    }
}
